"""Simple French stories of a known grammar."""
