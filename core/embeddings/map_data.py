"""What the map of the letters is drawn from: places, losses, invented words, next letters at every frame of a run."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from typing import Any

import numpy as np

from core.embeddings.ngrams import ORDERS, verdict
from core.files import base64_of
from core.pca import along
from core.runs.run import Run
from core.tasks.letters.corpus import Corpus, corpus
from core.tasks.letters.in_numpy import next_chances
from core.tasks.letters.settings import LettersSettings
from core.training.frames import Frame

VOWELS, ACCENTED = "aeiouy", "àâäçéèêëîïôöùûüœæÿ"
RARE = 20
"""A character seen less often in the training words has hardly been learned: it stands about where chance put it."""


def map_data(run: Run, *, own_axes: bool, prefix: str) -> dict[str, Any]:
    """Return what the component draws of a run: places, losses, invented words, next letters at every frame.

    Args:
        run: of letters.
        own_axes: each frame has its own axes.
        prefix: what the next letter comes after; signs that the network cannot read are passed over.
    """
    settings: LettersSettings = run.settings  # type: ignore[assignment]
    words = settings.corpus_words()
    cut = corpus(words)
    known = set(cut.words["train"])
    tables = [frame.arrays["letters"].astype(np.float32) for frame in run.measured]
    coordinates, kept = along(tables, own=own_axes)
    codes = cut.codes(readable(prefix, cut.characters)[0])
    losses = [
        {"update": frame.update} | {split: _finite(frame.metrics[f"{split}_loss"]) for split in ("train", "validation")}
        for frame in run.measured
    ]
    chances = [next_chances(frame.weights, codes, settings.context) for frame in run.measured]
    return {
        "run": run.run_id,
        "characters": cut.characters,
        "groups": [group(character) for character in cut.characters],
        "rare": rare(cut),
        "embedding": settings.embedding,
        "table": base64_of(np.stack(tables)),
        "xy": base64_of(np.stack(coordinates).astype(np.float32)),
        "kept": [round(share, 4) for share in kept],
        "frames": losses,
        "invented": [_invented(frame, cut.characters, known) for frame in run.measured],
        "chances": [np.nan_to_num(each).round(5).tolist() for each in chances],
        "ceiling": round(math.log(len(cut.characters)) + 0.6, 3),
    }


def readable(typed: str, alphabet: str) -> tuple[str, str]:
    """Return what a network with this alphabet reads of a typed text, in small letters; and each sign that it cannot.

    An é of two signs is one letter, a curved apostrophe a straight one.
    """
    signs = unicodedata.normalize("NFC", typed.strip()).replace("’", "'")
    read = "".join(sign.lower() for sign in signs if sign.lower() in alphabet)
    foreign = dict.fromkeys(sign for sign in signs if sign.lower() not in alphabet)
    return read, "".join(foreign)


def rare(cut: Corpus) -> list[bool]:
    """Tell of each character whether it is seen fewer than RARE times in the training words."""
    seen = Counter("".join(cut.words["train"]))
    seen[cut.characters[0]] = len(cut.words["train"])  # the end of a word
    return [seen[character] < RARE for character in cut.characters]


def levels(words: tuple[str, ...]) -> dict[int, float]:
    """Return the losses of counting, the best smoothing of each n; 0 stands for knowing nothing: ln V."""
    counted = verdict(words)
    chance = math.log(len(corpus(words).characters))
    return {order: round(loss, 4) for order, loss in {0: chance, **{n: counted.at(n) for n in ORDERS}}.items()}


def group(character: str) -> str:
    """Return the kind of a character: vowel, consonant, accented, or other."""
    if character in VOWELS:
        return "vowel"
    if character in ACCENTED:
        return "accented"
    return "consonant" if character.isalpha() else "other"


def _invented(frame: Frame, characters: str, known: set[str]) -> list[tuple[str, bool]]:
    invented = ["".join(characters[code] for code in word if code) for word in frame.arrays["invented"].tolist()]
    return [(word, word in known) for word in invented]


def _finite(value: float) -> float | None:
    return round(value, 5) if math.isfinite(value) else None
