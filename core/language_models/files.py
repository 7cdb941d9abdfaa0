"""Where models that are not in the repository live on this machine, and how they are fetched and checked.

A folder holds the files in the hub's layout. Nothing is used before its SHA-256 was compared with the published one;
a file that differs is thrown away and fetched again.
"""

from __future__ import annotations

import os
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from core.files import PART, cache_folder, sha256_of

BLOCK = 1 << 18
TIMEOUT = 20


def folder() -> Path:
    """Return the folder of all models: CURSEURS_MODELS, or the user's cache."""
    return Path(os.environ.get("CURSEURS_MODELS") or cache_folder("models"))


@dataclass(frozen=True)
class File:
    """A published file: its size in bytes and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Repository:
    """Files of one revision of a repository of the Hugging Face hub."""

    name: str
    revision: str
    files: Mapping[str, File]

    @property
    def bytes(self) -> int:
        """The size of all files together."""
        return sum(file.bytes for file in self.files.values())

    def address(self, file: str) -> str:
        """Return where a file is fetched from; HF_ENDPOINT names another hub."""
        endpoint = os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")
        return f"{endpoint}/{self.name}/resolve/{self.revision}/{file}"


class DownloadError(RuntimeError):
    """A file could not be fetched.

    Attributes:
        cause: "network", "disk", "hash" or "cancelled".
    """

    def __init__(self, cause: str, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.cause, self.file = cause, file


def present(repository: Repository, where: Path) -> bool:
    """Whether all files are there with their published sizes; their hashes are checked when they are read."""
    return all(_size(where / name) == file.bytes for name, file in repository.files.items())


def fetch(
    repository: Repository,
    where: Path,
    progress: Callable[[int], None] = lambda received: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Fetch what is missing; what an earlier, interrupted download left is continued.

    Args:
        repository: what to fetch.
        where: the folder to write.
        progress: told the number of bytes that are there, of all files together.
        cancelled: asked often; true stops and keeps what was received.

    Raises:
        DownloadError: no network, disk full, wrong hash, or cancelled.
    """
    done = 0
    for name, file in repository.files.items():
        path = where / name
        if _size(path) != file.bytes or sha256_of(path) != file.sha256:
            if path.is_file():
                path.unlink()
            _fetch_one(repository, name, path, partial(_told, progress, done), cancelled)
        done += file.bytes
        progress(done)


def _told(progress: Callable[[int], None], done: int, received: int) -> None:
    progress(done + received)


def _fetch_one(
    repository: Repository, name: str, path: Path, progress: Callable[[int], None], cancelled: Callable[[], bool]
) -> None:
    expected = repository.files[name]
    part = path.with_name(path.name + PART)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if _size(part) < expected.bytes:
            _receive(repository.address(name), part, progress, cancelled)
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise DownloadError("network", name, str(error)) from error
    except OSError as error:
        raise DownloadError("disk", name, str(error)) from error
    if cancelled():
        raise DownloadError("cancelled", name, "stopped; the next download continues here")
    if (received := _size(part)) < expected.bytes:
        raise DownloadError("network", name, f"the connection broke after {received} of {expected.bytes} bytes")
    if (found := sha256_of(part)) != expected.sha256:
        part.unlink()
        raise DownloadError("hash", name, f"its SHA-256 is {found}, published is {expected.sha256}; thrown away")
    part.replace(path)


def _receive(address: str, part: Path, progress: Callable[[int], None], cancelled: Callable[[], bool]) -> None:
    """Append what is missing to a partial file; a server that ignores the range sends all again."""
    begun = _size(part)
    request = urllib.request.Request(address, headers={"Range": f"bytes={begun}-"} if begun else {})
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
        continued = answer.status == 206
        received = begun if continued else 0
        with part.open("ab" if continued else "wb") as file:
            while not cancelled() and (block := answer.read(BLOCK)):
                file.write(block)
                received += len(block)
                progress(received)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


@dataclass
class Download:
    """A repository on its way to this machine, for all students of this server.

    Attributes:
        repository: what is fetched.
        where: the folder it is written to.
        received: bytes that are there.
        error: why it stopped.
    """

    repository: Repository
    where: Path
    received: int = 0
    error: DownloadError | None = None
    cancel: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Whether bytes are still coming."""
        return self.thread is not None and self.thread.is_alive()

    def start(self) -> None:
        """Begin, or continue where the last one stopped; one at a time."""
        if not self.running:
            self.cancel.clear()
            self.error = None
            self.thread = threading.Thread(target=self._fetch, daemon=True)
            self.thread.start()

    def _fetch(self) -> None:
        def progress(received: int) -> None:
            self.received = received

        try:
            fetch(self.repository, self.where, progress, self.cancel.is_set)
        except DownloadError as error:
            self.error = error
