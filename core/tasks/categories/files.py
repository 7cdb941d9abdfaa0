"""The files that categories are learned with. No torch here."""

from core.files import RECORDED

VECTORS = RECORDED / "ways_to_train" / "vectors.safetensors"
"""What SmolLM2 makes of the 250 words, in 16 bits: this way runs where SmolLM2 is not."""
