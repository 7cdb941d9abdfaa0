"""The votes of a room as a file for a spreadsheet: CSV, whose cells are texts and never formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

COLUMNS = ("at", "voter", "first", "second", "outcome", "left", "prompt", "first_text", "second_text")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would reckon (OWASP, "CSV Injection")."""
MARK = "\N{BYTE ORDER MARK}"
"""Tells Excel that the file is UTF-8."""


def lines(rows: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """Yield the file piece by piece, its heading first."""
    place = StringIO(newline="")
    writer = csv.writer(place)
    place.write(MARK)
    writer.writerow(COLUMNS)
    for row in rows:
        yield _taken(place)
        writer.writerow([cell(row[name]) for name in COLUMNS])
    yield _taken(place)


def cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before what looks like one."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA) else text


def _taken(place: StringIO) -> bytes:
    found = place.getvalue().encode()
    place.seek(0)
    place.truncate()
    return found
