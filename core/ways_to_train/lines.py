"""A student's own task, as it is typed: a word and its label on each line. What is refused, `intake` says."""

from __future__ import annotations

import re

LONGEST = 4_000
"""Characters of one text."""
_CUT = re.compile(r"[=:;,\t]")


def read(text: str) -> list[tuple[str, str]]:
    """Return a word and a label for each line: "word = label", or with one of `: ; ,` or a tab between.

    Empty lines are left out; a line without a sign between has the label "".
    """
    found = []
    for line in text[:LONGEST].splitlines():
        word, *rest = _CUT.split(line, maxsplit=1)
        if word.strip() or rest:
            found.append((" ".join(word.split()), " ".join(rest[0].split()) if rest else ""))
    return found
