"""A folder for the prepared vectors of words that is the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def word_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the prepared vectors in an empty folder."""
    monkeypatch.setenv("CURSEURS_CACHE", str(tmp_path))
    return tmp_path
