"""The batch size and learning rate page."""
