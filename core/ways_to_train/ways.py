"""Four ways to the same task, each measured on the 150 words held out. All of it runs on a worker.

From scratch and transfer change weights (`core.tasks.categories`); a prompt changes none: the hash says so.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.language_models import catalogue, labels
from core.language_models.labels import Probabilities
from core.language_models.prompts import Example, Prompt
from core.tasks.categories.words import CATEGORIES, drawn, load, split

if TYPE_CHECKING:
    from core.language_models.catalogue import LanguageModel
    from core.tasks.categories.settings import CategoriesSettings

WAYS = ("scratch", "transfer", "few_shot", "zero_shot")
"""In the order of their years: 2010–2017, 2018, 2019, 2020."""
MODEL = "smollm2"
COUNTS = (1, 2, 3, 5, 10, 20, 40, 100)
"""Labelled words to learn from; zero-shot has none."""
WORDINGS = (
    "",
    "Put each word into a category: animal, food, vehicle, furniture or clothing.",
    "Is it an animal, food, a vehicle, furniture or clothing?",
    "Categories: animal, food, vehicle, furniture, clothing.",
    "Categories: clothing, furniture, vehicle, food, animal.",
    "Classify each word as animal, food, vehicle, furniture or clothing.",
    "There are five kinds of words: names of animals, of food, of vehicles, of furniture and of clothing.",
    "Each word is followed by its category.",
)
"""What zero-shot says instead of showing examples; its first has nothing but the open end."""

Row = dict[str, Any]
"""What one point of one draw is, as JSON: see `trained` and `prompted`."""


def examples(count: int, seed: int) -> tuple[Example, ...]:
    """Return so many labelled words of the pool, as a prompt shows them."""
    words = load()
    return tuple((words.english[place], CATEGORIES[words.categories[place]]) for place in drawn(count, seed))


def held_out() -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return the 150 words that are only measured on, and the places of their categories."""
    words, places = load(), split().held_out
    return tuple(words.english[place] for place in places), words.categories[places]


def trained(settings: CategoriesSettings, check: Callable[[], None] = lambda: None) -> Row:
    """Train on a draw of the list; return `accuracy` on the words held out, `seconds`, `read` and `chosen`.

    Args:
        settings: the way and the draw.
        check: called at each frame; what it raises ends the training.
    """
    from core.tasks.registry import frames

    begun, last = time.process_time(), None
    for frame in frames(settings):
        check()
        last = frame
    assert last is not None
    found = last.arrays["probabilities"]
    seconds = round(time.process_time() - begun, 4)
    return {"accuracy": accuracy(found), "seconds": seconds, "read": read(found), "chosen": chosen(found)}


def prompted(
    prompt: Prompt, check: Callable[[], None] = lambda: None, words: Sequence[str] = (), names: Sequence[str] = ()
) -> Row:
    """Ask SmolLM2 about the words held out, once, and weigh the answer with and without calibration.

    Args:
        prompt: with its examples.
        check: called before each step of the model; what it raises ends all.
        words: what is asked about, in the order of the words held out: their French, for instance.
        names: of the categories, in their order.

    Returns:
        `accuracy` and `calibrated`; `read` and `read_calibrated`, how many words were put into each category; `chosen`
        and `chosen_calibrated`, into which each was put; `p_cf`;
        `seconds` of the processor to read the prompt and to answer; `tokens` of the prompt; how many examples
        `fell_out`.

    Raises:
        core.language_models.catalogue.ModelMissing: SmolLM2 is not here.
    """
    loaded = catalogue.load(MODEL)
    scores = labels.score(loaded, prompt, names or CATEGORIES, words or held_out()[0], check=check)
    calibrated, p_cf = scores.calibrated, scores.p_cf
    assert calibrated is not None
    assert p_cf is not None
    return {
        "accuracy": accuracy(scores.raw),
        "calibrated": accuracy(calibrated),
        "read": read(scores.raw),
        "read_calibrated": read(calibrated),
        "chosen": chosen(scores.raw),
        "chosen_calibrated": chosen(calibrated),
        "p_cf": [round(float(share), 4) for share in p_cf],
        "seconds": [round(seconds, 3) for seconds in scores.seconds],
        "tokens": scores.tokens,
        "fell_out": scores.fell_out,
    }


def parameters(way: str) -> int:
    """Return how many numbers a way changes to learn the five categories: none, where a prompt is all."""
    from core.tasks.categories import networks
    from core.tasks.categories.settings import WAYS as TRAINED

    if way not in TRAINED:
        return 0
    return networks.size(way, len(CATEGORIES))


def accuracy(found: Probabilities) -> float:
    """Return the share of the words held out that are put into their category."""
    return round(float((found.argmax(1) == held_out()[1]).mean()), 4)


def read(found: Probabilities) -> list[int]:
    """Return how many of the words held out are put into each category; 30 would be right."""
    counts: list[int] = np.bincount(found.argmax(1), minlength=found.shape[1]).tolist()
    return counts


def chosen(found: Probabilities) -> str:
    """Return the place of the category that each word held out is put into, one digit a word."""
    return "".join(map(str, found.argmax(1)))


def fingerprint(loaded: LanguageModel) -> str:
    """Return the SHA-256 of all weights of a model as they are in memory now, in the order of their names."""
    found = hashlib.sha256()
    for name, weight in sorted(loaded.model.named_parameters()):
        found.update(name.encode())
        found.update(weight.detach().contiguous().numpy().data)
    return found.hexdigest()
