"""Texts that are added to a question because a model fails without them, and how to see whether they help.

Each is sent as it stands here: a system message, or what was said before and has fallen out of a short window. They are
in English, which SmolLM2 was trained on, and were kept as they came, those that do not help it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.chat import checks
from core.chat.memory import Memory
from core.chat.tool_talk import plain
from core.chat.trials import ADMITTED, CHARACTERS, TOPICS, UNKNOWABLE

SMALL, ROOM = 128, 40
"""A window that the first thing said has fallen out of at the second question, and the tokens of an answer in it."""
HONEST = "If you do not know, say: I do not know."
SHORT = 20
"""Words that a short sentence has at most."""


@dataclass(frozen=True)
class Cure:
    """A question, and what is added to it.

    Attributes:
        question: as it is asked, with the cure and without.
        system: the system message that is added.
        before: what was said before, which is added: questions and their answers.
        signs: one of them is in an answer that was helped, whatever its case.
        is_short: an answer that was helped is one short sentence.
    """

    question: str
    system: str = ""
    before: tuple[tuple[str, str], ...] = ()
    signs: tuple[str, ...] = ()
    is_short: bool = False

    @property
    def can_be_checked(self) -> bool:
        """Whether a program can say if an answer was helped; of a student's own, they judge."""
        return bool(self.signs) or self.is_short

    @property
    def sent(self) -> str:
        """All of it in one text: another cure is another text."""
        return "\n".join([self.system, *(part for turn in self.before for part in turn), self.question])

    def fits(self, answer: str) -> bool:
        """Whether an answer is one that was helped."""
        if self.is_short:
            return checks.sentences(answer) == 1 and len(answer.split()) <= SHORT
        return any(sign.lower() in f" {answer.lower()} " for sign in self.signs)


def effect(*, without: bool, cured: bool) -> str:
    """Return what a cure did: it "helps", "fails", was "needless", or "harms".

    Args:
        without: whether the answer without it was right.
        cured: whether the one with it is.
    """
    return ("needless" if without else "helps") if cured else ("harms" if without else "fails")


FACTS = {
    "name": ("My name is Léa.", "What is my name?", "Léa"),
    "cat": ("My cat is called Tango.", "What is my cat called?", "Tango"),
    "town": ("I live in Nantes.", "Where do I live?", "Nantes"),
    "cello": ("I am learning to play the cello.", "Which instrument am I learning to play?", "cello"),
}
"""What a student says, what they ask, and what a right answer holds."""
UNKNOWN = dict(zip(("town", "professor", "novel", "treaty", "captain"), UNKNOWABLE, strict=True))
TOPIC = dict(zip(("ocean", "sky", "japan"), TOPICS, strict=True))
CURES: Mapping[str, Mapping[str, Cure]] = {
    "window": {name: Cure(asked, before=((fact, ""),), signs=(sign,)) for name, (fact, asked, sign) in FACTS.items()},
    "facts": {
        name: Cure(asked.question, HONEST, signs=(*ADMITTED, "unknown")) for name, asked in UNKNOWN.items()
    },
    "memory": {
        name: Cure(asked, Memory().remember([fact]).added(plain), signs=(sign,))
        for name, (fact, asked, sign) in FACTS.items()
    },
    "personality": {
        f"{name}-{topic}": Cure(question, system, signs=(sign,) if sign else (), is_short=not sign)
        for name, (system, sign) in CHARACTERS.items()
        for topic, question in TOPIC.items()
    },
}  # fmt: skip
"""By limit and name; the answers to what was said before are empty: they come with what was recorded."""


def answered(cure: Cure, *answers: str) -> Cure:
    """Return a cure with the answers to what was said before."""
    return replace(cure, before=tuple((said, answer) for (said, _), answer in zip(cure.before, answers, strict=True)))
