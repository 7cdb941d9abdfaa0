"""The arena: how a ranking comes out of votes."""
