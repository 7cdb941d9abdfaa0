"""Stub."""

from core.notebooks import DataFile, Translate


def sources(_: Translate) -> dict[str, str]:
    """Stub."""
    return {"SFT": "# %% stub\npass\n"}


def files(_: Translate) -> list[DataFile]:
    """Stub."""
    return []
