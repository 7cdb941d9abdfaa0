"""The words of the page on the three phases: its phases, its wishes, the figures of the slides and ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from components.language import _, number
from components.three_phases.glosses import glossed
from core.three_phases.figures import figures
from core.three_phases.own import OwnModel
from core.three_phases.settings import OWN


def phase_names() -> list[str]:
    """Return what the phases are called, in order."""
    return [_("Pretraining"), _("Supervised fine-tuning"), _("Alignment")]


def phases_in_sentences() -> list[str]:
    """Return the phases as they are called within a sentence, in order."""
    return [_("pretraining"), _("supervised fine-tuning"), _("alignment")]


def slides() -> list[str]:
    """Return what each phase takes of a large model, as the course's slides say."""
    return [
        _("The course’s slide: 100 billion to 5,000 billion tokens."),
        _("The course’s slide: 1,000 to 50,000 pairs."),
        _("The course’s slide: more than 50,000 preferences."),
    ]


def ours(own: Mapping[str, OwnModel]) -> list[str]:
    """Return what each phase took here.

    Args:
        own: the student's own models, by phase.
    """
    found = figures(own)
    return [
        _("Here: {tokens} million tokens.", tokens=number(round(found.tokens / 1e6))),
        _("Here: {pairs} pairs.", pairs=number(found.pairs)),
        _("Here: {votes} comparisons ({taste}).", votes=number(found.votes), taste=wanted_by()[found.taste]),
    ]


def taste_names() -> dict[str, str]:
    """Return what each voter is called."""
    return {
        "short": _("likes short stories"),
        "happy": _("likes joyful words"),
        "no_wolf": _("is afraid of wolves"),
        "friends": _("likes friendships"),
        OWN: _("me"),
    }


def wanted_by() -> dict[str, str]:
    """Return what each voter wants."""
    return {
        "short": _("short stories"),
        "happy": _("joyful words"),
        "no_wolf": _("no wolf"),
        "friends": _("friendships"),
        OWN: _("what you like"),
    }


def wish_names() -> dict[str, str]:
    """Return what each wish of an instruction is about."""
    return {
        "hero": _("hero"),
        "thing": _("object"),
        "plot": _("what happens"),
        "helper": _("whom the hero meets"),
        "home": _("place"),
        "ending": _("ending"),
        "length": _("length"),
    }


def wish_words(name: str, options: Sequence[str]) -> list[tuple[str, str]]:
    """Return the options of a wish with their words: the stories' own, or the page's; first, no wish at all."""
    said = {
        "lost": _("the object is lost"),
        "needed": _("somebody needs the object"),
        "friends": _("a great friendship"),
        "kept": _("the object is kept"),
        "home": _("back home"),
        "short": _("short"),
        "long": _("long"),
    }
    return [("", _("as you like")), *((option, said.get(option) or glossed(option)) for option in options)]
