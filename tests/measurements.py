"""What the tests of a measurement that a server shares ask: which processes measure now."""

from __future__ import annotations

import psutil


def running(module: str) -> list[psutil.Process]:
    """Return the processes that run a module of ours, among those that this one has started."""
    children = psutil.Process().children(recursive=True)
    return [each for each in children if each.is_running() and module in _words(each)]


def _words(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []
