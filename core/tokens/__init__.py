"""How a text becomes the numbers that a language model reads."""
