"""Hand signs measured on fewer photos than the course does: a frozen base looks at fifty photos a second."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.tasks.signs import task
from core.tasks.signs.splits import Split, split

STEP = 8
"""One photo of so many is measured on."""


def measure_on_few(patch: pytest.MonkeyPatch) -> None:
    """Let runs in this process be measured on one in `STEP` of the photos: the people and the draws stay."""
    patch.setattr(task, "split", _thinned)


def _thinned(kind: str) -> Split:
    found = split(kind)
    return replace(found, validation=found.validation[::STEP])
