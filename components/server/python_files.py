"""Python for the browser: Pyodide's core and the worker that runs it, under a policy that shuts the network.

A worker obeys the policy that its own script came with. This one may load scripts and data from this server alone, and
evaluate no text as JavaScript; WebAssembly is what Python is made of. So a program that a student has pasted from
somewhere reaches no other machine, whatever it tries.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

ROOT = Path(__file__).parents[2]
FILES = ROOT / "assets" / "pyodide"
WORKER = ROOT / "components" / "chat" / "python_worker.js"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",  # kept, but asked after: thirty tabs load 13 MB once each, and an update is seen
}
TYPES = {".mjs": "text/javascript", ".wasm": "application/wasm", ".zip": "application/zip"}
"""Said here: on some systems a registry knows others, and a browser takes no module under them."""


class Files(StaticFiles):
    """Static files with the policy."""

    def file_response(self, full_path: Any, *args: Any, **kwargs: Any) -> Response:
        """Return a file with its type and the policy."""
        response = super().file_response(full_path, *args, **kwargs)
        response.headers.update(HEADERS)
        if kind := TYPES.get(Path(full_path).suffix):
            response.headers["Content-Type"] = kind
        return response


def worker(_request: Request) -> FileResponse:
    """Return the worker's script."""
    return FileResponse(WORKER, media_type="text/javascript", headers=HEADERS)


def route() -> BaseRoute:
    """Return what the app mounts: `pyodide/worker.js`, and beside it the files that it loads."""
    return Mount("/pyodide", routes=[Route("/worker.js", worker), Mount("/", Files(directory=FILES))])
