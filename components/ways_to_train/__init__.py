"""The page on ways to train: its picture, and what is tried live beside it."""
