"""What a list of runs needs: who they are, without their frames. Read from the first bytes of their files."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import fsspec

from core.once import once
from core.runs.run import FORMAT, Origin
from core.runs.store import SUFFIX, RunStore
from core.tasks.registry import settings_from_json
from core.training.settings import Settings, SettingsError

MOST = 100
"""Runs of this server that are listed, the last written first: a class makes hundreds, and each is a file to open."""
_LONGEST = 100_000
"""Bytes of a header: ours have some thousands."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Head:
    """A run as a list shows it.

    Attributes:
        settings: what was asked for.
        status: "finished" or "diverged".
        origin: date, machine, versions.
        recorded: shipped with the program.
    """

    settings: Settings
    status: str
    origin: Origin
    recorded: bool

    @property
    def run_id(self) -> str:
        """The hash of the settings."""
        return self.settings.run_id


def heads(store: RunStore) -> list[Head]:
    """Return the runs that are there: those shipped, by task, then those computed on this server, the latest first.

    A file that is no run of ours, or of another version, is left out.
    """
    shipped = _shipped(store.recorded)
    known = {head.run_id for head in shipped}
    return [*shipped, *(head for head in _computed(store) if head.run_id not in known)]


def read_head(file: BinaryIO, *, recorded: bool) -> Head | None:
    """Read the beginning of a run's file; None if it is none of ours."""
    try:
        length = int.from_bytes(file.read(8), "little")
        metadata = json.loads(file.read(length) if length <= _LONGEST else b"")["__metadata__"]
        if metadata["format"] != str(FORMAT):
            return None
        settings = settings_from_json(json.loads(metadata["settings"]))
        return Head(settings, str(metadata["status"]), Origin(**json.loads(metadata["origin"])), recorded)
    except (SettingsError, KeyError, TypeError, ValueError, RecursionError):
        return None


@once(4)
def _shipped(folder: Path) -> list[Head]:
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        with path.open("rb") as file:
            head = read_head(file, recorded=True)
        if head is not None and head.run_id == path.stem:
            found.append(head)
    return sorted(found, key=lambda head: (head.settings.task, head.run_id))


def _computed(store: RunStore) -> Iterator[Head]:
    """Return the runs of the store, the last written first; a store that cannot be read has none."""
    try:
        files, folder = fsspec.core.url_to_fs(store.url)
        listed = [each for each in files.ls(folder, detail=True) if each["name"].endswith(SUFFIX)]
        listed.sort(key=lambda each: str(each.get("mtime") or each.get("LastModified") or ""), reverse=True)
        found = [_head_at(store.url.rstrip("/"), PurePosixPath(each["name"]).stem) for each in listed[:MOST]]
    except FileNotFoundError:
        return  # nothing was ever stored
    except Exception:  # whatever is wrong with the store: the list is shorter, no page breaks
        log.exception("the store of runs %s not listed", store.url)
        return
    yield from (head for head in found if head is not None)


@once(4 * MOST)
def _head_at(url: str, name: str) -> Head | None:
    with fsspec.open(f"{url}/{name}{SUFFIX}", "rb") as file:
        head = read_head(file, recorded=False)
    return head if head is not None and head.run_id == name else None
