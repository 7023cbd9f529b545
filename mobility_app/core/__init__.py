"""The rules: pure functions on plain values, without file, SQL, clock or screen."""
