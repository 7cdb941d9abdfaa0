"""The hidden writers of the class's own arena, in groups of like with like. No torch here.

A group shares language, prompts and length: a French model beside an English one would not be blind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.files import RUNS
from core.language_models import catalogue
from core.tasks.registry import settings_from_json

Group = Literal["stories", "instructions", "english"]
Phase = Literal["pretrained", "instructed", "aligned"]


@dataclass(frozen=True)
class Writer:
    """What has written a text.

    Attributes:
        id: stable, in votes and their export.
        group: whom it stands beside.
        model: of the catalogue.
        temperature: at which it draws.
        phase: the last phase of its training, where it answers instructions.
    """

    id: str
    group: Group
    model: str
    temperature: float
    phase: Phase = "pretrained"


def _told(update: int | None, temperature: float) -> Writer:
    model = "mini" if update is None else f"mini@{update}"
    return Writer(f"{model}/T{temperature:g}", "stories", model, temperature)


def _obeying(phase: Phase, temperature: float) -> Writer:
    return Writer(f"mini-{phase}/T{temperature:g}", "instructions", "mini", temperature, phase)


def _english(temperature: float) -> Writer:
    return Writer(f"smollm2/T{temperature:g}", "english", "smollm2", temperature)


WRITERS: Mapping[str, Writer] = {
    writer.id: writer
    for writer in (
        *(_told(update, 0.7) for update in (125, 200, 300, 1_000, None)),
        _told(None, 1.5),
        _obeying("pretrained", 0.5),
        *(_obeying("instructed", temperature) for temperature in (0.5, 1.3)),
        *(_obeying("aligned", temperature) for temperature in (0.5, 1.3)),
        *(_english(temperature) for temperature in (0.2, 0.8, 1.3)),
    )
}
"""All writers, by their ids. Those at servers that a student has set are made in `core.arena.outside`."""
PROMPTS: Mapping[Group, tuple[str, ...]] = {
    "stories": (
        "Il était une fois une petite souris qui s'appelait Léa. Elle",
        "Il était une fois un vieux renard qui s'appelait",
        "Il était une fois un dragon qui s'appelait Basile. Il ne sortait jamais sans",
        "Il était une fois une jeune princesse. Son plus grand trésor",
        "Il était une fois une grenouille qui s'appelait Inès. Un soir, elle a",
        "Il était une fois un ogre qui s'appelait Arthur. Il aimait beaucoup",
        "Il était une fois une brave fée qui s'appelait Rose. Elle habitait",
        "Il était une fois un jeune loup qui avait perdu",
    ),
    "instructions": (
        "Raconte l'histoire d'une princesse qui aide un loup avec un violon.",
        "Raconte l'histoire d'un renard qui perd une flûte et rencontre une bergère.",
        "Raconte l'histoire d'une fée qui aide un boulanger avec une clé.",
        "Raconte l'histoire d'un dragon qui aide un âne avec une échelle.",
        "Raconte l'histoire d'une grenouille qui perd un chapeau et rencontre un ogre.",
        "Raconte l'histoire d'un lapin qui perd une boussole et rencontre un loup.",
        "Raconte l'histoire d'une fille, d'une couverture et d'une bergère.",
        "Raconte l'histoire d'une abeille, d'une échelle et d'un loup.",
    ),
    "english": (
        "Tell me a very short story about a fox.",
        "Explain what a neural network is to a ten-year-old.",
        "Give me three ideas for a rainy Sunday.",
        "Write two sentences to thank a teacher.",
        "Why is the sky blue?",
        "Invent a name for a bakery, and say why it is a good one.",
    ),
}
"""Ready prompts, in the language of the writers."""
TOKENS: Mapping[Group, int] = {"stories": 60, "instructions": 170, "english": 80}
"""What each writer of a group may write at most, the same for all."""
LONGEST: Mapping[Group, int] = {"stories": 160, "instructions": 100, "english": 200}
"""Characters of a prompt of one's own."""


def groups() -> list[Group]:
    """Return the groups that have writers here, those a class may not use left out."""
    return [group for group in PROMPTS if writers(group)]


def writers(group: Group) -> list[Writer]:
    """Return the writers of a group that can write on this machine."""
    return [writer for writer in WRITERS.values() if writer.group == group and _is_here(writer)]


def _is_here(writer: Writer) -> bool:
    return catalogue.available(writer.model) and (writer.phase == "pretrained" or run_of(writer.phase).exists())


def refusal(longest: int, prompt: str) -> Literal["", "empty", "long", "words"]:
    """Return why a prompt of one's own is not taken: nothing there, too many letters, no words; "" if it is taken."""
    text = prompt.strip()
    if not text:
        return "empty"
    if len(text) > longest:
        return "long"
    letters = sum(sign.isalpha() for sign in text)
    return "" if letters >= 3 and letters >= len(text) / 3 and text.isprintable() else "words"


def run_of(phase: Phase) -> Path:
    """Return the recorded run whose last frame keeps the mini GPT-2 after a phase."""
    task = {"instructed": "instructed", "aligned": "aligned"}[phase]
    return RUNS / f"{settings_from_json({'task': task}).run_id}.safetensors"
