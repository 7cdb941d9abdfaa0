"""Tokens: how a text is cut into pieces, how the cuts are learned, what they cost."""
