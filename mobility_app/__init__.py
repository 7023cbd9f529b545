"""Erasmus+ vocational mobilities of a consortium, kept in one safe local file."""

__version__ = "0.1.0"
