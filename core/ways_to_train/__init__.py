"""Four ways to train a model on one task: from scratch, by transfer, by examples in a prompt, by the question alone."""
