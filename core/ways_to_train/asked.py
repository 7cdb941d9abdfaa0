"""What the part with the prompt asks of a worker, small enough to travel at every key: no torch at import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.answers import Shipped
from core.files import RECORDED
from core.tasks.categories.words import CATEGORIES
from core.ways_to_train import live

SHIPPED = Shipped(RECORDED / "ways_to_train" / "answers.json")
"""Answers to what the page begins with: they need no worker, and no SmolLM2."""
_DIGITS = 5


def answer(cards: Sequence[Sequence[str]], word: str) -> dict[str, Any]:
    """Ask which category a word has, after a prompt.

    Args:
        cards: [word, label] each, the first one first.
        word: asked about.

    Returns:
        `raw` and `calibrated`, a probability a category; `free`, what each gets where the word says nothing; `tokens`
        of the prompt, and how many cards have `fallen` out of it.

    Raises:
        core.ways_to_train.intake.IntakeError: something is refused.
        core.language_models.catalogue.ModelMissing: SmolLM2 is not here.
    """
    found = live.score(cards, [word], CATEGORIES, fingerprints=False)
    return {
        "raw": _short(found["raw"][0]),
        "calibrated": _short(found["calibrated"][0]),
        "free": _short(found["p_cf"]),
        "tokens": found["tokens"],
        "fallen": len(found["fell_out"]),
    }


def score(cards: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Try a prompt on the words held out, without those that stand in it: their labels are told there.

    Args:
        cards: [word, label] each, the first one first.

    Returns:
        How many it puts right, `raw` and `calibrated`, of how many `words`.

    Raises:
        core.ways_to_train.intake.IntakeError: something is refused.
        core.language_models.catalogue.ModelMissing: SmolLM2 is not here.
    """
    from core.language_models.prompts import Prompt
    from core.ways_to_train import intake, ways

    examples = intake.examples_of(cards, CATEGORIES)
    row = ways.prompted(Prompt(examples), live.check)
    words, truth = ways.held_out()
    shown = {word.lower() for word, _label in examples}
    tried = [at for at, word in enumerate(words) if word.lower() not in shown]

    def right(chosen: str) -> int:
        return sum(int(chosen[at]) == int(truth[at]) for at in tried)

    return {"raw": right(row["chosen"]), "calibrated": right(row["chosen_calibrated"]), "words": len(tried)}


def _short(shares: Sequence[float]) -> list[float]:
    return [round(share, _DIGITS) for share in shares]
