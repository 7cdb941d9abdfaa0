"""What the stories' French words mean: the model reads French only, and the English page says what it reads."""

from __future__ import annotations

from components import language

ENGLISH = {
    "renard": "fox", "lapin": "rabbit", "ours": "bear", "hérisson": "hedgehog", "garçon": "boy",
    "chevalier": "knight", "dragon": "dragon", "écureuil": "squirrel", "souris": "mouse", "tortue": "tortoise",
    "fille": "girl", "fée": "fairy", "grenouille": "frog", "princesse": "princess", "abeille": "bee", "oie": "goose",
    "manteau": "coat", "écharpe": "scarf", "couverture": "blanket", "lampe": "lamp", "lanterne": "lantern",
    "corde": "rope", "échelle": "ladder", "clé": "key", "flûte": "flute", "violon": "violin", "tambour": "drum",
    "parapluie": "umbrella", "chapeau": "hat", "boussole": "compass", "carte": "map",
    "hibou": "owl", "loup": "wolf", "âne": "donkey", "facteur": "postman", "ogre": "ogre", "oiseau": "bird",
    "boulanger": "baker", "chouette": "barn owl", "biche": "doe", "sorcière": "witch", "fermière": "farmer",
    "hirondelle": "swallow", "bergère": "shepherdess", "vache": "cow",
}  # fmt: skip
"""Of each hero, object and helper."""


def glossed(word: str) -> str:
    """Return a word of the stories, on the English page with its English where that is another word."""
    english = ENGLISH.get(word, word)
    return word if language.current() == "fr" or english == word else f"{word} ({english})"
