"""The one-hot and embeddings page's views."""
