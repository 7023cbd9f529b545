"""The Beneficiary Module as the rules see it: its columns, our values for them, comparison, checks before an upload."""
