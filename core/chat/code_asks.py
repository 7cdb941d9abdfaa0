"""Ready tasks for a program, what each has to print, and what the course's model wrote for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.chat.code_run import Ran
from core.chat.errors import ChatError
from core.files import RECORDED
from core.once import once

FILE = RECORDED / "chat" / "code.json"
"""Written by `python -m core.chat.record_tools`."""


@dataclass(frozen=True)
class Ask:
    """A task, in English, which SmolLM2 was trained on; `prints` is what a right program prints or ends with."""

    task: str
    prints: str


ASKS = {
    "product": Ask("Write a Python program that prints 17 * 23.", "391"),
    "sum": Ask("Write a Python program that prints the sum of the whole numbers from 1 to 100.", "5050"),
    "strawberry": Ask('Write a Python program that prints how many times "r" is in "strawberry".', "3"),
    "reverse": Ask('Write a Python program that prints the word "network" backwards.', "krowten"),
    "evens": Ask("Write a Python program that prints the list of the even numbers from 2 to 10.", "[2, 4, 6, 8, 10]"),
    "primes": Ask("Write a Python program that prints the list of the prime numbers below 20.",
                  "[2, 3, 5, 7, 11, 13, 17, 19]"),
    "loop": Ask("Write a Python program with a while loop that prints the numbers from 1 to 5.", "1 2 3 4 5"),
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A task, as far as it has come.

    Attributes:
        added: what the model was told of the interpreter.
        answer: what the model wrote.
        code: the first program of it; None while there is none, and where there never is.
        ran: what became of it, once it ran.
        over: whether nothing more will come.
        error: what went wrong with the server.
    """

    added: str
    answer: str = ""
    code: str | None = None
    ran: Ran | None = None
    over: bool = False
    error: ChatError | None = None

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON carries it, without the error."""
        return {
            "added": self.added,
            "answer": self.answer,
            "code": self.code,
            "ran": self.ran and self.ran.as_data(),
        }

    def is_right(self, prints: str) -> bool:
        """Whether the program ended and gave what was asked for; blanks do not count."""
        if self.ran is None or self.ran.kind != "done":
            return False
        return prints.split() in (self.ran.output.split(), (self.ran.value or "").strip("'\"").split())


@once(1)
def recorded() -> Mapping[str, Written]:
    """Return what the model of the course wrote for each ready task, and what became of it."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: Written(one["added"], one["answer"], one["code"], one["ran"] and Ran(**one["ran"]), over=True)
            for name, one in found.items()}  # fmt: skip
