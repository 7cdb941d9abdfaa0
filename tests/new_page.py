"""Begin a page: copy the rooms of one that is like it, and enter it where the course and the walls list their pages.

    python -m tests.new_page forward_pass fp perceptron pc

The new page works at once, as a twin under its own name: its prose, subject and picture are then replaced.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

from core.files import ROOT

ROOMS = ("pages/{}.py", "core/{}", "components/{}", "tests/{}", "assets/lessons/fr/{}.md", "assets/lessons/en/{}.md")
"""Where a page lives, by its stem."""


def main(old: str, old_letters: str, new: str, new_letters: str) -> None:
    """Copy a page under a new stem.

    Args:
        old: stem of the page that is copied.
        old_letters: what its URL parameters and the keys of its widgets begin with.
        new: stem of the new page.
        new_letters: what its own begin with; two pages with equal keys would move each other's sliders.
    """
    if not new.isidentifier() or (ROOT / ROOMS[0].format(new)).exists():
        raise SystemExit(f"{new!r} cannot be a new page's name")
    for room in ROOMS:
        for file in copied(ROOT / room.format(old), ROOT / room.format(new)):
            text = file.read_text(encoding="utf-8").replace(old, new)
            file.write_text(re.sub(rf"\b{old_letters}(?=[_-])", new_letters, text), encoding="utf-8")
    if f'"{new}"' not in (ROOT / "core" / "course.py").read_text(encoding="utf-8"):  # else the course waits for it
        rewrite("core/course.py", rf'^.*"{old}".*\n', lambda line: line[0] + line[0].replace(old, new))
    rewrite("pyproject.toml", rf'(?<=["|\s]){old}(?= \| )|(?<=\| ){old}(?=")', lambda _: f"{old} | {new}")


def copied(source: Path, target: Path) -> list[Path]:
    """Copy a file or a folder, without what only the old page can have; return the files that are new."""
    if source.is_file():
        return [Path(copy(source, target))]
    copytree(source, target, ignore=ignore_patterns("__pycache__", "bench.py"))
    return [path for path in target.rglob("*") if path.is_file()]


def rewrite(name: str, pattern: str, change: Callable[[re.Match[str]], str]) -> None:
    """Change every place of a file where a pattern is found."""
    path = ROOT / name
    path.write_text(re.sub(pattern, change, path.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
