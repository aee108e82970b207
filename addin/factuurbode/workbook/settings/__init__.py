"""The Settings sheet: which settings there are, and what its cells say."""
