"""What is looked at from outside on a server and its workers: who hears them, what their processes have read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import psutil
from playwright.sync_api import Page


class Room(NamedTuple):
    """A server that was started.

    Attributes:
        url: its address.
        folder: of its log.
        process: the server itself; its workers are its children.
    """

    url: str
    folder: Path
    process: psutil.Process


class Walk(NamedTuple):
    """A walk of a student through every page of a room, controls open, at an address that no browser trusts.

    Attributes:
        address: of the room.
        tab: it stands on the page of the forward pass, the last.
        asked: the hosts of all requests.
        errors: those that no script caught.
        exceptions: how many error boxes each page showed.
    """

    address: str
    tab: Page
    asked: Sequence[str]
    errors: Sequence[str]
    exceptions: dict[str, int]


def server_of(url: str) -> psutil.Process:
    """Return the server of an address: it was started with its port, as no other was."""
    port = url.rsplit(":", 1)[1]
    return next(each for each in psutil.process_iter(["cmdline"]) if port in (each.info["cmdline"] or ()))


def heard_on(url: str) -> set[str]:
    """Return the addresses on which the server of an address listens."""
    return {found.laddr.ip for found in server_of(url).net_connections("inet")
            if found.status == psutil.CONN_LISTEN and found.laddr.port == int(url.rsplit(":", 1)[1])}  # fmt: skip


def log_of(url: str) -> str:
    """Return what the server of an address has printed: it lies in the folder that the server has for its home."""
    return Path(server_of(url).environ()["HOME"], f"server-{url.rsplit(':', 1)[1]}.log").read_text()


def reads(process: psutil.Process, library: str) -> bool:
    """Tell whether a process has loaded a library."""
    return any(library in mapped.path for mapped in process.memory_maps())
