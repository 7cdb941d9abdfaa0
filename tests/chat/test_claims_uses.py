"""Sentences of the lesson about the twelve uses, computed from what is recorded."""

from __future__ import annotations

from core.chat.recorded import used
from core.chat.uses import IDS, uses


def passing(language: str) -> dict[str, str]:
    """Return the likeliest answers in which everything holds that a program checks, by use."""
    return {row.use: row.answer for row in used()
            if row.language == language and row.seed is None and all(row.holds.values())}  # fmt: skip


def test_twelve_uses() -> None:
    """Twelve, each with a prompt and criteria."""
    assert len(IDS) == 12
    assert all(use.prompt and use.criteria for language in ("fr", "en") for use in uses(language).values())


def test_uses_checked() -> None:
    """Of twelve likeliest answers, 3 in French and 2 in English."""
    for language, count in (("fr", 3), ("en", 2)):
        assert len([row for row in used() if row.language == language and row.seed is None]) == 12
        assert len(passing(language)) == count


def test_uses_content() -> None:
    """One of the three in French is the message that it was given; one of the two in English keeps a mistake."""
    message = uses("fr")["rewrite"].prompt.split("\n\n")[1].strip("«» \u00a0").replace("\u00a0", " ")
    assert passing("fr")["rewrite"] == message
    mistake = "The pupils has handed in"
    assert mistake in uses("en")["correct"].prompt
    assert mistake in passing("en")["correct"]
