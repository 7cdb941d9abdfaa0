"""The one-hot and embeddings page."""
