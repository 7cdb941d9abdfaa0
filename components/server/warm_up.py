"""Before the server answers: open every page once, so that no student waits for an import or meets one half done."""

from __future__ import annotations

import asyncio
import time
from importlib import import_module

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, SessionClient

from components.language import LANGUAGES
from core.course import concepts
from core.glossary import STEM

LIBRARIES = ("pandas", "pyarrow", "plotly.graph_objects", "babel.numbers", "distributed")
"""What Streamlit, Plotly and our own modules import when they first need it. Plotly looks into a pandas that another
thread is still importing, and fails: here one thread imports them, before there is another."""
OVER = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR}
LOOK_SECONDS = 0.25
IDLE = 0.1
"""The share of the time between two looks under which this process counts as waiting for another one."""
MOST_SECONDS = 60


class Visitor(SessionClient):
    """A student without a browser: notes when the page has been shown to its end, and throws the page away."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Take a message that a browser would draw."""
        if msg.WhichOneof("type") == "script_finished" and msg.script_finished in OVER:
            self.finished.set()


async def warm_up() -> list[asyncio.Task[None]]:
    """Load what every page imports and reads first, in each language; return the visits that are not over.

    The server itself runs the pages, as for a student: with the prediction asked, and with the controls open. Those
    that wait for a worker go on by themselves: the worker will be ready sooner for whoever comes first.
    """
    for library in LIBRARIES:
        import_module(library)
    visits = []
    views = [
        ("", ""),
        (STEM, ""),
        *((concept.stem, view) for concept in concepts() for view in ("", "opened=1", *concept.reads)),
    ]
    for language in LANGUAGES:
        for stem, view in views:
            visits.append(asyncio.create_task(_visit(stem, f"lang={language}&{view}")))
            await _over_or_waiting(visits[-1])
    return [visit for visit in visits if not visit.done()]


async def _visit(stem: str, query: str) -> None:
    """Open a page in a session of its own, and close it when its script has run."""
    runtime, visitor, message = Runtime.instance(), Visitor(), BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = stem, query
    session = runtime.connect_session(visitor, user_info={})
    try:
        runtime.handle_backmsg(session, message)
        async with asyncio.timeout(MOST_SECONDS):
            await visitor.finished.wait()
    except TimeoutError:
        return  # a page that needs so long will do so for a student too, who can be told
    finally:
        runtime.close_session(session)


async def _over_or_waiting(visit: asyncio.Task[None]) -> None:
    """Return when a visit is over, or when this process has nothing to do for it but wait for a worker."""
    while not visit.done():
        used = time.process_time()
        await asyncio.wait({visit}, timeout=LOOK_SECONDS)
        if time.process_time() - used < IDLE * LOOK_SECONDS:
            return
