"""The files that signs are learned from and with. No torch here."""

from core.files import DATA, MODELS

PHOTOS = DATA / "signs.safetensors"
FEATURES = DATA / "signs_features.safetensors"
"""What the whole ImageNet base makes of all photos, in eight bits."""
BASE = MODELS / "efficientnet_lite0" / "features.safetensors"
"""The weights of the base, without its last layer, in 16 bits."""
