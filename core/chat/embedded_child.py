"""The process of the embedded model: told on its input what to run, it tells its address on its output, and serves.

    python -m core.chat.embedded_child

It ends with its parent, however that ends: the input is a pipe that nobody else holds, and closes with it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import Any

LOOK = 1.0
"""Seconds between two looks at whether the parent is still the one that started this, in case the pipe stays open."""


def parameters(order: dict[str, Any]) -> Any:
    """Return what llama.cpp is told: weights, slots, window, threads; nothing of its own that a web page could use."""
    from xllamacpp import CommonParams

    found = CommonParams()
    found.model.path, found.model_alias = order["model"], {order["alias"]}
    found.api_keys = [order["key"]]
    found.n_parallel, found.n_ctx = order["slots"], order["slots"] * order["window"]
    found.cpuparams.n_threads = found.cpuparams_batch.n_threads = order["threads"]
    found.hostnames, found.port = ["127.0.0.1"], 0
    found.n_gpu_layers = 0
    found.fit_params = False  # it would shrink the window to the memory that it finds
    found.cache_ram_mib = 0  # what was written for one student is kept in a slot, and nowhere else
    found.cache_prompt = False  # what is read in two parts rounds otherwise: the same question had two answers
    found.n_threads_http = 4 * order["slots"]
    found.ui = found.endpoint_slots = found.endpoint_props = False
    found.cors_origins = ""
    found.verbosity = 0  # no prompt in a log
    return found


def serve(order: dict[str, Any]) -> tuple[Any, str]:
    """Start the server; return it, and where it listens. It serves as long as it is held."""
    from xllamacpp import Server

    server = Server(parameters(order))
    return server, server.listening_address


def _wait_for_end(over: threading.Event) -> None:
    sys.stdin.read()
    over.set()


def main() -> None:
    """Serve until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the app, which ends this
    parent, over = os.getppid(), threading.Event()
    tell = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the library prints is no address
    _server, address = serve(json.loads(sys.stdin.readline()))
    with suppress(BrokenPipeError):  # the parent may be gone already
        print(json.dumps({"address": address}), file=tell, flush=True)
    threading.Thread(target=_wait_for_end, args=(over,), daemon=True).start()
    while not over.wait(LOOK) and os.getppid() == parent:
        continue
    os._exit(0)  # an answer in the middle is wanted by nobody any more, and the library may wait for it for ever


if __name__ == "__main__":
    main()
