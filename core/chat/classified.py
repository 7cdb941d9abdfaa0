"""The mission of ten messages: a prompt is right when its answer puts each under its label, in a form that is read."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass

from core.chat.terms import bare
from core.files import DATA
from core.once import once

FILE = DATA / "messages.csv"
LABELS = {
    "question": {"fr": "question", "en": "question"},
    "complaint": {"fr": "réclamation", "en": "complaint"},
    "thanks": {"fr": "remerciement", "en": "thanks"},
    "cancellation": {"fr": "annulation", "en": "cancellation"},
}
"""By id: how each is called in a prompt and in an answer."""
MOST_ANSWER = 20_000
_NUMBERED = re.compile(r"^\W*(\d{1,2})\W+(.*)$")


@dataclass(frozen=True)
class Message:
    """A message to a shop, and the id of its label."""

    text: str
    label: str


@dataclass(frozen=True)
class Score:
    """How an answer did.

    Attributes:
        told: the label that was read for each message; None where none, or more than one, was.
        right: whether it is the message's.
    """

    told: tuple[str | None, ...]
    right: tuple[bool, ...]

    @property
    def is_perfect(self) -> bool:
        """Whether the mission is fulfilled."""
        return all(self.right)


@once(2)
def messages(language: str) -> tuple[Message, ...]:
    """Return the ten messages in a language, in their order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Message(row[language], row["label"]) for row in csv.DictReader(file))


def prompt(instruction: str, language: str) -> str:
    """Return a student's instruction with the ten messages behind it, numbered from 1."""
    listed = "\n".join(f"{number}. {message.text}" for number, message in enumerate(messages(language), 1))
    return f"{instruction.strip()}\n\n{listed}"


def read(answer: str, language: str, count: int = 10) -> list[str | None]:
    """Return the label that an answer gives to each message; None where it gives none, or several.

    Read are numbered lines, `3. réclamation`; as many lines without numbers; a JSON list or object. A line counts if
    it names exactly one label, whatever its case, accents and plural.

    Args:
        answer: the model's.
        language: that of the labels' names.
        count: how many messages were asked about.
    """
    text = answer[:MOST_ANSWER]
    listed = _in_json(text)
    if listed is None:
        lines = [line for line in text.splitlines() if line.strip()]
        numbered = [match for line in lines if (match := _NUMBERED.match(line))]
        if numbered:
            listed = {int(match[1]): match[2] for match in reversed(numbered)}  # the first one of a number counts
        else:
            naming = [line for line in lines if _label(line, language)]
            listed = dict(enumerate(naming, 1)) if len(naming) == count else {}
    return [_label(listed.get(number, ""), language) for number in range(1, count + 1)]


def score(answer: str, language: str) -> Score:
    """Return how an answer to the ten messages did."""
    asked = messages(language)
    told = read(answer, language, len(asked))
    return Score(tuple(told), tuple(label == message.label for label, message in zip(told, asked, strict=True)))


def _in_json(text: str) -> dict[int, str] | None:
    """Return what a JSON list or object gives to each number, from 1; None if the answer holds none."""
    if not (found := re.search(r"[\[{]", text)):
        return None
    try:
        value = json.JSONDecoder().raw_decode(text, found.start())[0]
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict) and len(value) == 1:  # {"labels": [...]}
        value = next(iter(value.values())) if isinstance(next(iter(value.values())), (list, dict)) else value
    if isinstance(value, dict):
        return {int(key): str(told) for key, told in value.items() if re.fullmatch(r"\d{1,2}", key)}
    if isinstance(value, list):
        return {number: _of_item(item) for number, item in enumerate(value, 1)}
    return None


def _of_item(item: object) -> str:
    """Return the label's part of a list's item: itself, or the value under a name that says so."""
    if isinstance(item, dict):
        return " ".join(str(item[key]) for key in ("label", "category", "categorie", "catégorie", "classe", "class")
                        if key in item)  # fmt: skip
    return str(item)


def _label(text: str, language: str) -> str | None:
    """Return the one label that a text names."""
    said = set(re.findall(r"[a-z]+", bare(text[:400].lower())))
    names = {label: bare(called[language]) for label, called in LABELS.items()}
    named = [label for label, name in names.items() if {name, f"{name}s"} & said]
    return named[0] if len(named) == 1 else None
