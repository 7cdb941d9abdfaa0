"""A class without browsers: students who speak Streamlit's own protocol, one websocket each.

They read what a browser would draw (sliders, buttons, pages, exceptions) and do what a hand would do. Nothing is drawn,
so that what is timed is the server. A student whose page shows an exception, or whose connection is cut, is a finding.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

T = TypeVar("T")
SHOWN = {
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
}
"""How a run of the script ends that leaves the page as it will stay."""
PATIENCE = 120.0
"""Seconds after which a student gives up."""


def run(lesson: Coroutine[Any, Any, T]) -> T:
    """Run students in a thread of their own: where a browser is driven, Playwright's loop holds this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, lesson).result()


class Cut(ConnectionError):
    """The server closed the connection, refused it, or never answered."""


@dataclass
class Found:
    """What a class met.

    Attributes:
        first: seconds from the connection to the first page, of each student.
        pages: seconds of the pages after it.
        opened: how many students opened each page.
        moves: seconds from a moved slider to the end of the run it started.
        faults: the exceptions that pages showed, and where.
        cut: why connections ended that no student closed.
        received: bytes, of all students.
    """

    first: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    opened: Counter[str] = field(default_factory=Counter)
    moves: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    received: int = 0

    @property
    def errors(self) -> int:
        """Exceptions shown and connections cut."""
        return len(self.faults) + len(self.cut)


def p95(seconds: Sequence[float]) -> float:
    """Return the time that 95 of 100 do not exceed."""
    return sorted(seconds)[int(0.95 * (len(seconds) - 1) + 0.5)]


class Student:
    """One open tab.

    Attributes:
        sliders: those of the page, by the id that Streamlit gave them; a key is the end of its id.
        buttons: the fragment of each button, by id.
        pages: the hash of each page of the navigation, by its address.
        faults: exceptions shown so far.
        session: its id on the server.
        progress: the percentage that the last progress bar showed.
        received: bytes.
        repeats: seconds between two runs of each fragment that the page asks to run again and again, by fragment.
    """

    def __init__(self, url: str, locale: str = "fr-FR") -> None:
        self.url, self.locale = url, locale
        self.sliders: dict[str, Slider] = {}
        self.buttons: dict[str, str] = {}
        self.pages: dict[str, str] = {}
        self.faults: list[str] = []
        self.repeats: dict[str, float] = {}
        self.session = ""
        self.progress = 0
        self.received = 0
        self._fragments: dict[str, str] = {}
        self._values: dict[str, WidgetState] = {}
        self._path, self._query, self._page = "", "", ""
        self._shown = asyncio.Event()
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._over = ""

    async def __aenter__(self) -> Student:
        """Connect as a browser does.

        Raises:
            Cut: the server refuses.
        """
        host = urlsplit(self.url).netloc
        try:
            # Our pings would measure our own event loop; the server's are answered all the same.
            self._socket = await connect(f"ws://{host}/_stcore/stream", subprotocols=["streamlit"],  # type: ignore[list-item]
                                         max_size=None, ping_interval=None, open_timeout=PATIENCE)  # fmt: skip
        except (OSError, WebSocketException) as error:
            raise Cut(f"no connection: {error!r}") from error
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the tab."""
        if self._reader is not None:
            self._reader.cancel()
        if self._socket is not None:
            await self._socket.close()

    async def open(self, path: str, query: str = "") -> float:
        """Open an address; return the seconds until the page is shown."""
        self._path, self._query, self._page = path, query, ""
        self._values.clear()
        return await self._run()

    async def turn_to(self, path: str, *, late: str = "") -> float:
        """Choose a page in the navigation; return the seconds until it is shown.

        Args:
            path: the page's address.
            late: a fragment of the page that is left. A browser asks for it once more, as a timer does: it has not
                heard of the new page yet.
        """
        left = self._message(late)
        self._path, self._query, self._page = path, "", self.pages[path]
        self._values.clear()
        return await self._run(behind=left if late else None)

    def fragment_of(self, key: str) -> str:
        """Return the fragment that a slider is in, empty where it is in none.

        Raises:
            LookupError: the page has no such slider.
        """
        return self._fragments[_with_key(self.sliders, key)]

    async def move(self, key: str, step: int) -> float:
        """Move the slider whose key or id this is to one of its steps, counted from the lowest; return the seconds.

        Raises:
            LookupError: the page has no such slider.
        """
        name = _with_key(self.sliders, key)
        slider, state = self.sliders[name], WidgetState(id=name)
        if slider.type == Slider.SELECT_SLIDER:
            state.string_array_value.data.append(slider.options[step % len(slider.options)])
        else:
            steps = int((slider.max - slider.min) / slider.step) + 1
            state.double_array_value.data.append(slider.min + slider.step * (step % steps))
        self._values[name] = state
        return await self._run(self._fragments[name])

    async def press(self, key: str) -> float:
        """Press the button whose key this is; return the seconds it took.

        Raises:
            LookupError: the page has no such button.
        """
        name = _with_key(self.buttons, key)
        return await self._run(self.buttons[name], WidgetState(id=name, trigger_value=True))

    async def skip_prediction(self, stem: str) -> None:
        """Go on to the controls, if the page asks for a guess first."""
        with contextlib.suppress(LookupError):
            await self.press(f"{stem}-predict-skip")

    async def wander(self, reruns: int, chance: random.Random) -> list[float]:
        """Move any slider of the page so many times, or open it again where there is none; return the seconds."""
        seconds = []
        for _ in range(reruns):
            single = [name for name, slider in self.sliders.items() if len(slider.default) == 1]
            if single:
                seconds.append(await self.move(chance.choice(single), chance.randrange(1_000)))
            else:
                seconds.append(await self.open(self._path, self._query))
        return seconds

    async def look_on(self, seconds: float) -> None:
        """Stay on the page and let it run again what it asks to run again, as a browser does for a live curve."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self.repeats:
                await asyncio.sleep(left)
                return
            fragment, every = next(iter(self.repeats.items()))
            await asyncio.sleep(min(every, left))
            await self._run(fragment)

    def _message(self, fragment: str = "", pressed: WidgetState | None = None) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name, state.page_script_hash = self._query, self._path, self._page
        state.fragment_id = fragment
        state.context_info.locale, state.context_info.url = self.locale, f"{self.url}/{self._path}"
        state.widget_states.widgets.extend(self._values.values())
        if pressed is not None:
            state.widget_states.widgets.append(pressed)
        return message

    async def _run(
        self, fragment: str = "", pressed: WidgetState | None = None, *, behind: BackMsg | None = None
    ) -> float:
        message = self._message(fragment, pressed)
        self._shown.clear()
        began = time.perf_counter()
        for each in (message, behind):
            if each is not None:
                await self._send(each.SerializeToString())
        try:
            async with asyncio.timeout(PATIENCE):
                await self._shown.wait()
        except TimeoutError as error:
            raise Cut(f"/{self._path}: no answer in {PATIENCE:.0f} s") from error
        assert self._reader is not None
        if self._reader.done():
            self._reader.result()  # a mistake of ours is no cut connection
            raise Cut(f"/{self._path}: {self._over}")
        return time.perf_counter() - began

    async def _send(self, data: bytes) -> None:
        assert self._socket is not None
        try:
            await self._socket.send(data)
        except WebSocketException as error:
            raise Cut(f"/{self._path}: {error!r}") from error

    async def _read(self) -> None:
        """Take in what the server sends, whether it was asked for or not, as long as the tab is open."""
        assert self._socket is not None
        try:
            async for data in self._socket:
                assert isinstance(data, bytes)
                self.received += len(data)
                self._note(ForwardMsg.FromString(data))
            self._over = "closed by the server"
        except WebSocketException as error:
            self._over = repr(error)
        finally:
            self._shown.set()

    def _note(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "delta":
                self._draw(message.delta)
            case "new_session" if self._is_another(message):
                self._page = message.new_session.page_script_hash
                self.session = message.new_session.initialize.session_id or self.session
                for widgets in (self.sliders, self.buttons, self.repeats):
                    widgets.clear()
            case "navigation":
                self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
                self._page = message.navigation.page_script_hash or self._page
            case "auto_rerun":
                self.repeats[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self.repeats.pop(fragment, None)
            case "session_event" if message.session_event.HasField("script_compilation_exception"):
                self.faults.append(f"/{self._path}: {message.session_event.script_compilation_exception.message}")
            case "script_finished" if message.script_finished in SHOWN:
                self._shown.set()

    def _is_another(self, message: ForwardMsg) -> bool:
        """Return whether a browser puts away what it shows: the whole page runs, or another one."""
        return not message.metadata.run.fragment_ids or message.new_session.page_script_hash != self._page

    def _draw(self, delta: Delta) -> None:
        element = delta.new_element
        match element.WhichOneof("type"):
            case "exception":
                self.faults.append(f"/{self._path}: {element.exception.type}: {element.exception.message}")
            case "slider":
                self._fragments[element.slider.id] = delta.fragment_id
                self.sliders.pop(element.slider.id, None)  # the last one drawn with a key stands at the end
                self.sliders[element.slider.id] = element.slider
            case "progress":
                self.progress = element.progress.value
            case "button":
                self.buttons.pop(element.button.id, None)
                self.buttons[element.button.id] = delta.fragment_id


def _with_key(ids: Iterable[str], key: str) -> str:
    """Return the id of the widget drawn last with a key, which stands at the end of the id; or the one with this id."""
    found = [name for name in ids if name == key or name.endswith(f"-{key}")]
    if not found:
        raise LookupError(f"no {key} among {sorted(ids)}")
    return found[-1]


Lesson = Callable[[Student, Found, random.Random], Awaitable[None]]
"""What one student does."""


async def attend(url: str, students: int, arriving: float, lesson: Lesson) -> Found:
    """Let students arrive, evenly, over some seconds, and follow a lesson each; return what they met."""
    found = Found()

    async def one(number: int) -> None:
        await asyncio.sleep(arriving * number / students)
        student = Student(url)
        try:
            async with student:
                await lesson(student, found, random.Random(number))
        except Cut as cut:
            found.cut.append(str(cut))
        found.faults += student.faults
        found.received += student.received

    async with asyncio.TaskGroup() as everyone:
        for number in range(students):
            everyone.create_task(one(number))
    return found


def every_page(stems: Sequence[str], first: str | None = None, *, reading: float = 0.0, most: int = 100) -> Lesson:
    """Return the lesson of all pages in turn, the first by a link that opens its controls, as a teacher gives it.

    Args:
        stems: the pages, in their order.
        first: the page of the link; without it, each student has another one.
        reading: seconds on a page before the next one, give or take a half.
        most: pages of one student.
    """

    async def lesson(student: Student, found: Found, chance: random.Random) -> None:
        start = chance.randrange(len(stems)) if first is None else stems.index(first)
        for place, stem in enumerate([*stems[start:], *stems[:start]][:most]):
            if place == 0:
                found.first.append(await student.open(stem, "opened=1"))
            else:
                await asyncio.sleep(reading * chance.uniform(0.5, 1.5))
                found.pages.append(await student.turn_to(stem))
            await student.skip_prediction(stem)
            found.opened[stem] += 1

    return lesson


def moving(path: str, query: str, slider: str, *, moves: int, every: float) -> Lesson:
    """Return the lesson that opens a page and moves a slider every so many seconds, give or take a half."""

    async def lesson(student: Student, found: Found, chance: random.Random) -> None:
        found.first.append(await student.open(path, query))
        for _ in range(moves):
            await asyncio.sleep(every * chance.uniform(0.5, 1.5))
            found.moves.append(await student.move(slider, chance.randrange(1_000)))

    return lesson
