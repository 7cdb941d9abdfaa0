"""The project: what is tried first, what the data hide, and what is kept of every experiment."""
