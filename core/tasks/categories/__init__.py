"""Learning into which of five categories a word belongs."""
