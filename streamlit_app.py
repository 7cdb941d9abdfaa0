"""Curseurs: the entry. `streamlit run streamlit_app.py` serves the course; workers start when a page needs them."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

ROOT = Path(__file__).parent
# Streamlit puts the router's own folder on the path; pages, components and core are found from here.
sys.path.insert(0, str(ROOT))


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, object]]:
    """Stop the workers with the server."""
    yield {}
    if "core.workers" in sys.modules:
        from core import workers

        workers.stop()


app = st.App(
    ROOT / "components" / "router.py",
    lifespan=lifespan,
    routes=[Mount("/assets", StaticFiles(directory=ROOT / "assets" / "img"))],
)
