"""The words of a French text as a search compares them: without elisions, endings, accents and stop words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from core.once import once

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu)['’]", re.IGNORECASE)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_SHORTEST = 5
"""Letters of the shortest word, its plural aside, whose ending is taken off."""


def words(text: str) -> list[str]:
    """Return a text's words in small letters, accents kept: `L’Été` gives `été`, `aujourd’hui` stays whole."""
    return [word for found in _WORD.findall(text) if (word := _ELIDED.sub("", found.replace("’", "'")).lower())]


def terms(text: str) -> list[str]:
    """Return what a search compares, each time it occurs, in order; stop words are left out."""
    stop = _stop_words()
    return [stem(word) for word in words(text) if bare(word) not in stop]


@lru_cache(50_000)
def stem(word: str) -> str:
    """Return a word in small letters without its ending and accents: `chevaux` and `cheval` are one.

    After the minimal stemmer of Savoy, "A stemming procedure and stopword list for general French corpora", JASIS
    50(10), 1999; the plural goes first, so that a short word meets its own. It is wrong at times: `tapis` and `tapie`
    become one too.
    """
    plain = bare(word)
    if len(plain) >= _SHORTEST + 1 and plain.endswith("aux"):
        plain = plain[:-2] + "l"
    elif len(plain) >= _SHORTEST - 1 and plain[-1] in "sx":
        plain = plain[:-1]
    if len(plain) < _SHORTEST:
        return plain
    for ending in ("r", "e", "e"):  # the second one was é
        plain = plain.removesuffix(ending)
    return plain[:-1] if plain[-1] == plain[-2] else plain


@lru_cache(50_000)
def bare(word: str) -> str:
    """Return a word without accents and ligatures: `cœur` gives `coeur`."""
    apart = unicodedata.normalize("NFKD", word.translate(_LIGATURES))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@once()
def _stop_words() -> frozenset[str]:
    from bm25s.stopwords import STOPWORDS_FRENCH

    return frozenset(map(bare, STOPWORDS_FRENCH))
