"""What is looked at from outside on a server and its workers: who hears them, what their processes have read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import psutil


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


def heard_on(url: str) -> set[str]:
    """Return the addresses on which the server of an address listens: it was started with its port, as no other was."""
    port = url.rsplit(":", 1)[1]
    server = next(each for each in psutil.process_iter(["cmdline"]) if port in (each.info["cmdline"] or ()))
    return {found.laddr.ip for found in server.net_connections("inet")
            if found.status == psutil.CONN_LISTEN and found.laddr.port == int(port)}  # fmt: skip


def reads(process: psutil.Process, library: str) -> bool:
    """Tell whether a process has loaded a library."""
    return any(library in mapped.path for mapped in process.memory_maps())
