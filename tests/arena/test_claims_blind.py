"""What the lesson says of the class's own arena."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, inspect

from core.arena.blind import Pairing
from core.arena.standings import board
from core.ballots import Count, default


def test_five_votes() -> None:
    """Four votes of one mind leave two writers together, five tell them apart; one dissent, and five do not."""
    assert not board([Count("a", "b", "first", 4)], ["a", "b"]).leads
    assert board([Count("a", "b", "first", 5)], ["a", "b"]).leads
    assert not board([Count("a", "b", "first", 4), Count("a", "b", "second", 1)], ["a", "b"]).leads


def test_nameless_votes() -> None:
    """Beside the vote itself, the store has a digest of the browser's number, and that number is not in it."""
    number = "0123456789abcdef" * 2
    default().cast(Pairing("a", "b", "Une fée", 1).ballot("", number, ("x", "y"), "a"))
    columns = {column["name"] for column in inspect(create_engine(default().url)).get_columns("curseurs_votes")}
    assert columns == {"id", "at", "room", "voter", "first", "second", "left", "outcome", "prompt_key", "prompt",
                       "first_text", "second_text"}  # fmt: skip
    assert number.encode() not in Path(default().where).read_bytes()
