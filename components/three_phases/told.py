"""What a model told in a moment of its run, read from the frame: the text, the instruction, whether it obeys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.language import _, number
from core.once import once
from core.stories import instructions
from core.tasks.mini_gpt2 import published
from core.three_phases.questions import asked_of
from core.training.frames import Frame


def sample(frame: Frame, at: int, wishes: str = "four") -> dict[str, Any]:
    """Return an answer of a frame as the page shows it.

    Args:
        frame: of a fine-tuning or an alignment.
        at: which of its answers.
        wishes: what its instructions may name.
    """
    asked, text = asked_of(at, wishes), text_of(frame.arrays["told"][at])
    is_story, obeys = _judged(at, text, wishes)
    said = [_("obeys") if obeys else _("a story, but another one") if is_story else _("no faultless story")]
    if "rewards" in frame.arrays:
        said.append(_("reward {reward}", reward=number(float(frame.arrays["rewards"][at]), 2)))
    return {"title": asked.text, "text": text, "good": obeys, "note": " · ".join(said)}


@once(512)
def _judged(at: int, text: str, wishes: str) -> tuple[bool, bool]:
    """Return whether a text is a story, and the one that was asked for; a live run asks twice a second."""
    about = instructions.about(text)
    return about is not None, about is not None and asked_of(at, wishes).met_by(about)


def text_of(ids: Sequence[int]) -> str:
    """Return the words of an answer's tokens; −1 stands behind its end."""
    text: str = published.tokenizer().decode([int(token) for token in ids if token >= 0], skip_special_tokens=True)
    return text
