"""The texts that the page opens in: the course's paragraph, and one for each thing that tokens explain."""

from __future__ import annotations

PARAGRAPH = (
    "OpenAI's large language models (sometimes referred to as GPT's) process text using tokens, which are common "
    "sequences of characters found in a set of text. The models learn to understand the statistical relationships "
    "between these tokens, and excel at producing the next token in a sequence of tokens."
)
"""The course's example; from the page of OpenAI's tokenizer (platform.openai.com/tokenizer)."""
IN_FRENCH = (
    "Les grands modèles de langage d’OpenAI (on les appelle parfois des GPT) traitent le texte à l’aide de tokens, des "
    "suites de caractères fréquentes dans un ensemble de textes. Les modèles apprennent à comprendre les relations "
    "statistiques entre ces tokens, et excellent à produire le token suivant d’une suite de tokens."
)
"""The same, in French; our translation."""
OPENING = "cl100k"
"""The tokenizer that the page opens with: GPT-4's."""
ADDITION = "123456789 + 987654321 = 1111111110"
FAMILY = "👨🏻‍👩🏼‍👧🏽‍👦🏾"
"""One emoji of eleven code points: four people, four tones of skin, three joiners."""

PRESETS: dict[str, dict[str, dict[str, str]]] = {
    "course": {
        "fr": {"text": PARAGRAPH},
        "en": {"text": PARAGRAPH},
    },
    "french": {
        "fr": {"text": IN_FRENCH},
        "en": {"text": IN_FRENCH},
    },
    "letters": {
        "fr": {"text": "Combien de r dans « framboisier » ?"},
        "en": {"text": "How many r's are there in strawberry?"},
    },
    "numbers": {
        "fr": {"text": ADDITION},
        "en": {"text": ADDITION},
    },
    "rhymes": {
        "fr": {"text": "Le printemps\nchante longtemps,\nle vent attend,\nle temps s’étend."},
        "en": {"text": "though dough snow toe"},
    },
    "capitals": {
        "fr": {"text": "bonjour Bonjour BONJOUR"},
        "en": {"text": "hello Hello HELLO"},
    },
    "name": {
        "fr": {"text": "Marie Jean Gwénaëlle Euphrasie", "tokenizer": "o200k"},
        "en": {"text": "Mary John Gwendolyn Persephone", "tokenizer": "o200k"},
    },
    "emoji": {
        "fr": {"text": FAMILY},
        "en": {"text": FAMILY},
    },
}
"""By name and language: where the picture stands, as far as it differs from the defaults."""
COMPARED = PARAGRAPH, IN_FRENCH
"""The two texts that the comparison opens with."""


def shipped() -> list[str]:
    """Return every text whose tokens are recorded, in order, each once."""
    every = [there["text"] for preset in PRESETS.values() for there in preset.values()]
    return list(dict.fromkeys(every))
