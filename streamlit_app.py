"""Curseurs: the entry. `streamlit run streamlit_app.py` serves this machine, `python -m components.server` a room."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

ROOT = Path(__file__).parent.resolve()
ROUTER = ROOT / "components" / "router.py"
# Pages, components and core are found from here. The router's own folder Streamlit would put in front at each run and
# take away at its end; another student's thread that imports something in that moment would overlook a folder.
sys.path.insert(0, str(ROOT))
sys.path.append(str(ROUTER.parent))


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, object]]:
    """Load what the pages need before the first answer, start the workers behind it; stop them with the server."""
    from components.server import left_pages, memory, nested_fragments, room, sessions
    from components.server.warm_up import warm_up
    from core import workers
    from core.chat import answering, code_run, embedded
    from core.runs import live

    def release(session: str) -> None:
        live.default().forget(session)
        answering.forget(session)

    began = time.perf_counter()
    print("  Curseurs prepares itself… ", end="", flush=True)
    sessions.allow_many()
    left_pages.ignore()
    nested_fragments.drop_with_outer()
    unfinished = await warm_up()
    print(f"ready in {time.perf_counter() - began:.1f} s", flush=True)
    memory.freeze()
    memory.collect_behind_closed_tabs(release)
    Thread(target=say_where_runs_cannot_be_kept, daemon=True).start()  # a distant store may take its time
    workers.start_soon()
    room.announce()
    yield {"visits": unfinished}
    answering.stop()
    embedded.stop()
    workers.stop()
    code_run.stop()


def say_where_runs_cannot_be_kept() -> None:
    """Print why, before a student has trained anything."""
    from core.runs import live

    if problem := live.default().store.problem():
        print(f"  Finished runs cannot be kept, they will live as long as this server. {problem}", flush=True)


def routes() -> list[BaseRoute]:
    """Return what is served besides the pages: pictures, and Python for the browser."""
    from components.server import python_files

    return [Mount("/assets", StaticFiles(directory=ROOT / "assets" / "img")), python_files.route()]


app = st.App(ROUTER, lifespan=lifespan, routes=routes())
