"""The store in a real browser: two tabs that write at once, a clock set back, storage that is full or forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from components.in_browser import COMPONENTS
from components.in_browser.modules import join_scripts
from tests.in_browser import watched
from tests.notebook.rows import row

STORE = COMPONENTS / "notebook" / "store.js"
LOADED = "() => Boolean(window.store)"
FULL = """() => { IDBObjectStore.prototype.put = () => { throw new DOMException("no room", "QuotaExceededError") } }"""
FORBIDDEN = """() => { Object.defineProperty(window, "indexedDB", {
    configurable: true, get() { throw new DOMException("no", "SecurityError") } }) }"""


def open_store(tab: Page, url: str) -> Page:
    """Open a tab of the course's address that holds nothing but the store."""
    tab.goto(f"{url}/_stcore/health")
    names = "all, keep, listen, note, place, remove, restore, take"
    tab.add_script_tag(content=f"{join_scripts(STORE)}\nwindow.store = {{ {names} }};", type="module")
    tab.wait_for_function(LOADED)
    return tab


@pytest.fixture
def store(page: Page, url: str) -> Iterator[Page]:
    """Return a tab with an empty store."""
    tab = open_store(page, url)
    yield tab
    tab.goto(f"{url}/_stcore/health")  # without what was done to its storage; the fixture empties that


def held(tab: Page) -> list[tuple[str, int, str]]:
    """Return id, sequence and note of what is kept, the newest first."""
    asked = "store.all().then((rows) => rows.map(({ id, sequence, note }) => [id.slice(0, 2), sequence, note]))"
    return [(name, sequence, note) for name, sequence, note in tab.evaluate(asked)]


def made(name: str, **more: Any) -> dict[str, Any]:
    """Return a row with an id that begins so."""
    return row(id=name.ljust(16, "0"), **more).to_json()


def test_two_tabs_that_write_at_once_lose_nothing(store: Page, url: str) -> None:
    """Forty rows from each, at the same moment: eighty are there, each in a place of its own, and both tabs know."""
    other = open_store(watched(store.context.new_page()), url)
    other.evaluate("() => { window.heard = 0; store.listen(() => { window.heard += 1 }) }")
    write = "(rows) => { window.done = Promise.all(rows.map((row) => store.keep(row))) }"
    for tab, letter in ((store, "a"), (other, "b")):
        tab.evaluate(write, [made(f"{letter}{at:02x}") for at in range(40)])
    for tab in (store, other):
        tab.evaluate("window.done")
    for tab in (store, other):
        found = tab.evaluate("store.all()")
        assert len({each["id"] for each in found}) == 80
        assert sorted(each["sequence"] for each in found) == list(range(1, 81))
    other.wait_for_function("window.heard >= 80")
    both = made("a00")["id"]
    store.evaluate("(id) => { window.done = store.note(id, { note: 'one' }) }", both)
    other.evaluate("(id) => { window.done = store.note(id, { star: true }) }", both)
    for tab in (store, other):
        tab.evaluate("window.done")
    (found,) = [each for each in store.evaluate("store.all()") if each["id"] == both]
    assert (found["note"], found["star"]) == ("one", True)
    assert not other.faults  # type: ignore[attr-defined]
    other.close()


def test_a_clock_set_back_changes_no_order(store: Page) -> None:
    """The row that is kept last stands first, whatever its time says; kept again it is the newest, with its note."""
    for name, time in (("aa", "2026-11-28T10:00:00"), ("bb", "1999-01-01T00:00:00"), ("cc", "2026-11-27T10:00:00")):
        store.evaluate("(row) => store.keep(row)", made(name, time=time, note="x" if name == "aa" else ""))
    assert [name for name, _sequence, _note in held(store)] == ["cc", "bb", "aa"]
    store.evaluate("(row) => store.keep(row)", made("aa", error=9.0))
    assert held(store)[0] == ("aa", 4, "x")


def test_what_is_deleted_comes_back_in_its_place(store: Page) -> None:
    """Deleting and undoing leaves the notebook as it was; a note on a row that another tab deleted makes none."""
    for name in ("aa", "bb", "cc"):
        store.evaluate("(row) => store.keep(row)", made(name))
    before = held(store)
    gone = [each for each in store.evaluate("store.all()") if each["id"].startswith("bb")]
    store.evaluate("(ids) => store.remove(ids)", [gone[0]["id"]])
    store.evaluate("(id) => store.note(id, { note: 'late' })", gone[0]["id"])
    assert held(store) == [before[0], before[2]]
    store.evaluate("(rows) => store.restore(rows)", gone)
    assert held(store) == before


@pytest.mark.parametrize(("how", "said"), [(FULL, "full"), (FORBIDDEN, "forbidden")])
def test_where_nothing_can_be_kept_it_is_said_and_all_is_at_hand(store: Page, how: str, said: str) -> None:
    """Rows stay in the tab, in order, can be marked and deleted; what was kept before is still read where it may be."""
    store.evaluate("(row) => store.keep(row)", made("aa"))
    assert store.evaluate("store.place()") == "stays"
    store.evaluate(how)
    for name in ("bb", "cc", "bb"):
        store.evaluate("(row) => store.keep(row)", made(name, error=float(ord(name[0]))))
    store.evaluate("(id) => store.note(id, { note: 'mine' })", made("cc")["id"])
    assert store.evaluate("store.place()") == said
    first = [("cc", 3 if said == "full" else 2, "mine"), ("bb", 2 if said == "full" else 1, "")]
    assert held(store) == first + ([("aa", 1, "")] if said == "full" else [])
    store.evaluate("(ids) => store.remove(ids)", [made("bb")["id"]])
    assert held(store) == first[:1] + ([("aa", 1, "")] if said == "full" else [])


def test_room_that_comes_back_is_used(store: Page) -> None:
    """What waited in the tab is written with the next row, once there is room."""
    put = "() => { window.put ??= IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = window.put }"
    store.evaluate(put)
    store.evaluate(FULL)
    store.evaluate("(row) => store.keep(row)", made("aa"))
    store.evaluate(put)
    store.evaluate("(row) => store.keep(row)", made("bb"))
    assert store.evaluate("store.place()") == "stays"
    store.reload()
    assert [each[:2] for each in store.evaluate(
        """new Promise((done) => { const base = indexedDB.open("curseurs-notebook"); base.onsuccess = () => {
        const all = base.result.transaction("experiments").objectStore("experiments").getAllKeys();
        all.onsuccess = () => { base.result.close(); done(all.result) } } })"""
    )] == ["aa", "bb"]  # fmt: skip


def test_the_oldest_rows_go_first_and_a_star_or_a_note_holds(store: Page) -> None:
    """Beyond two thousand the oldest plain ones are let go."""
    many = """(row) => store.take(Array.from({ length: 2_003 }, (_, at) => ({ ...row,
        id: at.toString(16).padStart(16, "0"), sequence: at + 1, note: at === 0 ? "held" : "", star: at === 1 })))"""
    store.evaluate(many, made("00"))
    found = held(store)
    assert len(found) == 2_000
    assert [sequence for _name, sequence, _note in found[-3:]] == [6, 2, 1]


KEEPER = COMPONENTS / "notebook" / "keeper.js"


def open_keeper(page: Page, url: str) -> Page:
    """Open a tab that holds the keeper of a page alone, with a clock that stands."""
    page.goto(f"{url}/_stcore/health")
    page.clock.install()
    script = join_scripts(KEEPER).replace("export default function", "window.keeper = function")
    page.add_script_tag(content=f"{script}\nwindow.all = $notebook_store.all;", type="module")
    page.wait_for_function("() => Boolean(window.keeper)")
    return page


def show(tab: Page, *rows: dict[str, Any], moment: int = 0, done: int = 0, alone: bool = False) -> None:
    """Have a page show these rows, or a fragment the only one; what was done was done by the first."""
    notes = [
        {"session": "one", "moment": moment, "done": 0 if at else done, "row": each} for at, each in enumerate(rows)
    ]
    if alone:
        tab.evaluate("(note) => dispatchEvent(new CustomEvent('curseurs-note', { detail: note }))", notes[0])
    else:
        tab.evaluate("(notes) => keeper({ data: { notes } })", notes)


def names(tab: Page) -> list[str]:
    """Return the rows that are kept, the newest first, as soon as nothing is being written."""
    found: list[str] = tab.evaluate("all().then(all).then((rows) => rows.map(({ id }) => id.slice(0, 2)))")
    return found


def moved(name: str, **more: Any) -> dict[str, Any]:
    """Return a row whose settings are the student's own."""
    return made(name, settings={"x_seed": "2"}, moved=("x_seed",), **more)


def test_a_slider_that_moves_writes_nothing_and_a_picture_that_rests_does(page: Page, url: str) -> None:
    """Ten seconds on settings of one's own are a row; a new setting begins them anew; the page's own are none."""
    tab = open_keeper(page, url)
    show(tab, made("aa", moved=(), settings={}))
    tab.clock.run_for(30_000)
    for name in ("b1", "b2", "b3"):
        show(tab, moved(name), alone=True)
        tab.clock.run_for(9_000)
    assert names(tab) == []
    show(tab, moved("b3"), alone=True)  # the same again, by another run of the page
    tab.clock.run_for(1_100)
    assert names(tab) == ["b3"]
    show(tab, moved("b3", error=9.0), alone=True)
    tab.clock.run_for(1_100)
    assert tab.evaluate("all().then((rows) => rows.map(({ figures }) => figures.error.value))") == [9.0]


def test_what_was_done_is_written_at_once(page: Page, url: str) -> None:
    """A training or the question on any settings, a preset on moved ones: once, also when the page is opened again."""
    tab = open_keeper(page, url)
    opening = made("aa", moved=(), settings={})
    show(tab, opening, moment=1)
    assert names(tab) == []
    show(tab, opening, moment=1, done=1)
    assert names(tab) == ["aa"]
    show(tab, moved("bb"), made("cc", part="lab", moved=(), settings={}), moment=2, done=1)
    assert names(tab) == ["bb", "aa"]
    show(tab)  # another page
    show(tab, moved("dd"), moment=2, done=1)
    assert names(tab) == ["bb", "aa"]
    tab.clock.run_for(9_000)
    show(tab)  # left before it had rested
    tab.clock.run_for(30_000)
    assert names(tab) == ["bb", "aa"]
