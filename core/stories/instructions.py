"""Instructions in French and the stories that obey them: made by the grammar, and judged by it.

An answer is a story drawn from the grammar, one that begins as tales do, and its instruction names a part of what the
story is about, drawn by chance: so the answers to an instruction are the stories that the grammar would tell of just
that. What a text is about is read from its derivation. No torch here: pages import it freely.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

import numpy as np

from core.once import once
from core.stories.french import Noun, de
from core.stories.grammar import Alternative, Grammar, Step, Uniform
from core.stories.language import GRAMMAR
from core.stories.rules import Hero, Treasure, opening
from core.stories.words import HELPERS, HEROES, HOMES, THINGS

PLOTS, ENDINGS, LENGTHS = ("lost", "needed"), ("friends", "kept", "home"), ("short", "long")
SHORT, LONG = 80, 95
"""A short story has fewer words, a long one more: about one story in five, and one in four."""
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "hero": tuple(noun.word for noun in HEROES),
    "thing": tuple(noun.word for noun in THINGS),
    "plot": PLOTS,
    "helper": tuple(noun.word for noun in HELPERS),
    "home": HOMES,
    "ending": ENDINGS,
    "length": LENGTHS,
}
"""What an instruction may ask for, and its stable identifiers: the nouns and places are the stories' own words."""
NAMED: Mapping[str, Mapping[str, float]] = {
    "four": {"hero": 0.9, "thing": 0.9, "plot": 0.75, "helper": 0.65},
    "seven": {"hero": 0.9, "thing": 0.9, "plot": 0.75, "helper": 0.65, "home": 0.2, "ending": 0.3, "length": 0.2},
}
"""How often an instruction names what its story is about, where it may name four wishes, or all seven."""
EVERY = 8
"""One in so many pairs of a hero and an object is never asked for in training."""
BEGINNING = "Il était une fois"
"""How every answer begins: half of all stories do, and whoever has to answer has a manner of their own."""
_SENTENCES = {
    "ending": {
        "friends": "Elle finit par une grande amitié.",
        "kept": "Elle finit par un trésor bien gardé.",
        "home": "Elle finit par un retour à la maison.",
    },
    "length": {"short": "Elle est courte.", "long": "Elle est longue."},
}


@dataclass(frozen=True)
class About:
    """What a story is about.

    Attributes:
        hero: what kind of creature, as in `OPTIONS`.
        name: the hero's.
        thing: the object.
        colour: the object's, masculine.
        plot: whether the object is "lost", or "needed" by somebody.
        helper: who finds it, or needs it.
        home: where the hero lives; empty where it is not told.
        ending: "friends", "kept" (the hero never leaves the object again) or "home".
        words: how many, spaces between.
    """

    hero: str
    name: str
    thing: str
    colour: str
    plot: str
    helper: str
    home: str
    ending: str
    words: int

    @property
    def length(self) -> str:
        """Whether the story is "short" or "long"; empty between."""
        return "short" if self.words < SHORT else "long" if self.words > LONG else ""


@dataclass(frozen=True, order=True)
class Instruction:
    """What is asked for; what is empty is left to the teller."""

    hero: str = ""
    thing: str = ""
    plot: str = ""
    helper: str = ""
    home: str = ""
    ending: str = ""
    length: str = ""

    def __post_init__(self) -> None:
        """Check every wish.

        Raises:
            ValueError: one that no story can meet.
        """
        for name, wish in asdict(self).items():
            if wish and wish not in OPTIONS[name]:
                raise ValueError(f"{name} = {wish!r}")

    @property
    def text(self) -> str:
        """The instruction in French, as the model reads it."""
        wishes = [f"Raconte l'histoire {_of_whom(self)}."]
        if self.home:
            wishes.append(f"Elle se passe {self.home}.")
        wishes += [_SENTENCES[name][wish] for name in ("ending", "length") if (wish := getattr(self, name))]
        return " ".join(wishes)

    def met_by(self, about: About) -> bool:
        """Whether a story about this is what was asked for."""
        return all(not wish or getattr(about, name) == wish for name, wish in asdict(self).items())

    def to_json(self) -> dict[str, str]:
        """Return the wishes by name, without the empty ones."""
        return {name: wish for name, wish in asdict(self).items() if wish}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Build an instruction from what `to_json` gave.

        Raises:
            ValueError: an unknown wish.
        """
        unknown = set(values) - {item.name for item in fields(cls)}
        if unknown:
            raise ValueError(f"unknown: {sorted(unknown)}")
        return cls(**{name: str(wish) for name, wish in values.items()})


def once_upon() -> list[Alternative]:
    """Who is it? As `rules.opening`, for the stories that answer."""
    return [one for one in opening() if any(str(part).startswith(BEGINNING) for part in one[1:])]


ANSWERS = Grammar((once_upon,))


def about(text: str) -> About | None:
    """Read what a text is about from its derivation; None if it is no story."""
    steps = GRAMMAR.derivation(text)
    return None if steps is None else _read(text, steps)


def _read(text: str, steps: list[Step]) -> About:
    found: dict[str, Any] = {"home": "", "words": len(text.split(" "))}
    for (rule, *remembered), (_probability, *parts) in steps:
        for thing in remembered:
            if isinstance(thing, Hero):
                found |= {"hero": thing.kind.word, "name": thing.name}
            elif isinstance(thing, Treasure):
                found |= {"thing": thing.thing.word, "colour": thing.colour.masculine}
            elif isinstance(thing, Noun):
                found["helper"] = thing.word
        match rule.__name__:
            case "home":
                found["home"] = str(parts[0]).strip(" .")
            case "loss" | "cry":
                found["plot"] = "lost" if rule.__name__ == "loss" else "needed"
            case "ending":
                found["ending"] = _ending(str(parts[0]))
    return About(**found)


def obeyed(asked: Instruction, text: str) -> bool:
    """Whether a text is a story, and one that was asked for."""
    found = about(text)
    return found is not None and asked.met_by(found)


def held_out(hero: str, thing: str) -> bool:
    """Whether this hero and this object are never asked for together in training."""
    return (OPTIONS["hero"].index(hero) * 3 + OPTIONS["thing"].index(thing)) % EVERY == 0


@once()
def combinations() -> dict[bool, list[tuple[str, str]]]:
    """Return the pairs of a hero and an object: under True those held out, under False the others."""
    every = [(hero, thing) for hero in OPTIONS["hero"] for thing in OPTIONS["thing"]]
    return {held: [pair for pair in every if held_out(*pair) == held] for held in (True, False)}


def pairs(
    seed: int, fits: Callable[[str, str], bool] = lambda asked, story: True, wishes: str = "seven"
) -> Iterator[tuple[Instruction, str]]:
    """Yield instructions with stories that obey them, without end; equal seeds give equal pairs.

    Args:
        seed: of all that is drawn.
        wishes: one of `NAMED`.
        fits: whether instruction and story are short enough together; what is not is left out.
    """
    generator = np.random.default_rng([seed, 13])
    while True:
        found, story = _told(generator)
        named = [name for name, share in NAMED[wishes].items() if generator.random() < share]
        if held_out(found.hero, found.thing):
            continue
        asked = Instruction(**{name: getattr(found, name) for name in named})
        if any(asdict(asked).values()) and fits(asked.text, story):
            yield asked, story


def questions(number: int, seed: int, held: bool = True, wishes: str = "seven") -> list[Instruction]:
    """Return instructions that name a hero and an object, held out from training or not, and by chance more.

    What else they name can be met: it is read from a story.
    """
    generator, allowed = np.random.default_rng([seed, 14]), set(combinations()[held])
    found: list[Instruction] = []
    while len(found) < number:
        story, _text = _told(generator)
        if (story.hero, story.thing) not in allowed:
            continue
        always = ("hero", "thing")
        named = [name for name, share in NAMED[wishes].items() if generator.random() < share or name in always]
        found.append(Instruction(**{name: getattr(story, name) for name in named}))
    return found


def _told(generator: Uniform) -> tuple[About, str]:
    text, steps = ANSWERS.drawn(generator)
    return _read(text, steps), text


def _ending(sentence: str) -> str:
    return "home" if sentence.startswith(" Le soir,") else "kept" if " ne quitte plus " in sentence else "friends"


def _of_whom(asked: Instruction) -> str:
    """Return "d'un renard qui perd une clé", "d'une souris et d'une carte", "de quelqu'un" and so on."""
    nouns = {noun.word: noun for noun in (*HEROES, *THINGS, *HELPERS)}
    hero, thing, helper = (nouns[word].a() if word else "" for word in (asked.hero, asked.thing, asked.helper))
    who = de(hero or "quelqu'un")
    if asked.plot == "lost":
        return f"{who} qui perd {thing or 'son trésor'}" + (f" et rencontre {helper}" if helper else "")
    if asked.plot == "needed":
        return f"{who} qui aide {helper or 'un ami'}" + (f" avec {thing}" if thing else "")
    *first, last = [de(one) for one in (hero, thing, helper) if one] or [who]
    return " et ".join([", ".join(first), last] if first else [last])
