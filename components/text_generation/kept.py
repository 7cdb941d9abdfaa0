"""What the notebook keeps of a text that was written: its length, and how sure the model was of it."""

from __future__ import annotations

import math

from components.language import _
from components.notebook.keep import keep
from components.text_generation.state import DEFAULTS, state, told
from core.language_models.writings import Request
from core.notebook.experiment import Figure

BY = (*(f"tg_{name}" for name in ("model", "prompt", "seed")), *(f"tg_{name}" for name in DEFAULTS))


def keep_text(stem: str, request: Request) -> None:
    """Keep the text that stands there, once it rests; one with tokens chosen by hand no link tells again."""
    text = state()
    if text["ten"]:
        _keep_ten(stem, told(request))
        return
    chances = [step["probability"] for step in text["steps"]]
    if text["playing"] or not chances or text["by_hand"]:
        return
    surprise = sum(-math.log(max(chance, 1e-12)) for chance in chances) / len(chances)
    figures = {
        "tokens": Figure(_("Tokens written"), len(chances)),
        "surprise": Figure(_("Mean surprise"), surprise, _("nats per token")),
        "least": Figure(_("Least likely token"), 100 * min(chances), "%"),
    }
    keep(stem, BY, figures, seed="tg_seed")


def _keep_ten(stem: str, texts: list[list[str]]) -> None:
    """Keep how much ten texts of the same beginning differ, once they are all there."""
    if not texts:
        return
    figures = {
        "different": Figure(_("Different texts, of {number}", number=len(texts)), len(set(map(tuple, texts)))),
        "tokens": Figure(_("Tokens written"), sum(map(len, texts)) / len(texts)),
    }
    keep(stem, BY, figures, seed="tg_seed")
