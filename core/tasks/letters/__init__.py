"""Letters: lists of words, and Bengio's network."""
