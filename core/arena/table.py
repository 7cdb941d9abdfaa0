"""The arena's tables: the 18 models of the course, as LMSYS rated them on two days of 2024.

The files hold what LMSYS published (Chatbot Arena Leaderboard, Apache 2.0): of 27 May 2024 the ratings, unrounded, of
the 18 best models with their owner, licence and last training data; of 23 August 2024 the printed rows, with ranks,
intervals and votes, down to the last of those 18.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date

from core.files import DATA
from core.once import once

MAY, AUGUST = date(2024, 5, 27), date(2024, 8, 23)
OPEN = ("Llama 3 Community", "Llama 3.1 Community", "CC-BY-NC-4.0", "Gemma license", "Qianwen LICENSE",
        "DeepSeek License", "NVIDIA Open Model", "Jamba Open", "Mistral Research", "DeepSeek")  # fmt: skip
"""Licences under which a model's weights can be downloaded; most of them forbid some uses."""


ANCHOR_VOTES = 76_039
"""Votes of Mixtral 8x7B in August. It is set to 1,114 points, and every rating is measured from it: its own interval
was printed as +0 / −0, and its uncertainty is in all the others."""


@dataclass(frozen=True)
class Row:
    """A model as the table of August printed it.

    Attributes:
        rank: as printed.
        model: its name then.
        rating: in points, rounded.
        above: from the rating up to the upper bound of the 95 % interval, in points, rounded.
        below: from the rating down to the lower bound.
        votes: in which it took part.
        organisation: that made it.
        licence: as printed.
        cutoff: when its training data end, as printed.
    """

    rank: int
    model: str
    rating: int
    above: int
    below: int
    votes: int
    organisation: str
    licence: str
    cutoff: str

    @property
    def upper(self) -> int:
        """The upper bound of its interval."""
        return self.rating + self.above

    @property
    def lower(self) -> int:
        """The lower bound of its interval."""
        return self.rating - self.below


@dataclass(frozen=True)
class Entrant:
    """A model of the course's table: one of the first 18 of 27 May 2024.

    Attributes:
        model: its name in May.
        may: its rating on 27 May, in points, unrounded.
        row: of the same model in August.
    """

    model: str
    may: float
    row: Row

    @property
    def name(self) -> str:
        """Its name, short enough for a row of a picture."""
        return SHORT.get(self.model, self.model)


SHORT = {
    "GPT-4o-2024-05-13": "GPT-4o",
    "Gemini-1.5-Pro-API-0514": "Gemini 1.5 Pro (05-14)",
    "Gemini-Advanced-0514": "Gemini Advanced",
    "Gemini 1.5 Pro API-0409-Preview": "Gemini 1.5 Pro (04-09)",
    "GPT-4-Turbo-2024-04-09": "GPT-4 Turbo (04-09)",
    "GPT-4-1106-preview": "GPT-4 (11-06)",
    "GPT-4-0125-preview": "GPT-4 (01-25)",
    "GPT-4-0314": "GPT-4 (03-14)",
    "Yi-Large-preview": "Yi-Large",
    "Gemini-1.5-Flash-API-0514": "Gemini 1.5 Flash",
    "Bard (Gemini Pro)": "Bard",
    "Llama-3-70b-Instruct": "Llama 3 70B",
    "Reka-Core-20240501": "Reka Core",
    "Qwen-Max-0428": "Qwen-Max",
    "GLM-4-0116": "GLM-4",
}
"""Names that would take half the picture, without what tells them from models that are not in it."""


@once()
def rows() -> tuple[Row, ...]:
    """Return the table of 23 August 2024 in its order, down to the last model of the course's table."""
    return tuple(
        Row(
            int(row["rank"]), row["model"], int(row["rating"]), int(row["above"]), int(row["below"]),
            int(row["votes"]), row["organisation"], row["licence"], row["cutoff"],
        )
        for row in _read(AUGUST)
    )  # fmt: skip


@once()
def entrants() -> tuple[Entrant, ...]:
    """Return the 18 models of the course's table, the best of August first."""
    august = {row.model: row for row in rows()}
    found = [Entrant(row["model"], float(row["rating"]), august[row["later"]]) for row in _read(MAY)]
    return tuple(sorted(found, key=lambda each: -each.row.rating))


def names() -> list[str]:
    """Return the short names of the 18 models, in the order of `entrants`."""
    return [each.name for each in entrants()]


def at(name: str) -> int:
    """Return the place of a model among `entrants`, by its short name.

    Raises:
        ValueError: no model has this name.
    """
    return names().index(name)


def _read(day: date) -> list[dict[str, str]]:
    with (DATA / "arena" / f"{day.isoformat()}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
