"""Turns: one page at a time, the very first ones before the others, and nobody waits for one that hangs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from core import jobs, turns
from tests.helpers import until


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


def _queue(threads: ThreadPoolExecutor, order: list[str], name: str, *, first: bool) -> Future[None]:
    """Have another thread take a turn and write its name; return once it waits for it."""

    def take() -> None:
        with turns.mine(first=first):
            order.append(name)

    before = len(turns._waiting)
    done = threads.submit(take)
    until(lambda: done.done() or len(turns._waiting) > before)
    return done


def test_first_pages_come_before_the_others_and_each_kind_in_its_order(threads: ThreadPoolExecutor) -> None:
    """Whoever holds the turn ends it; then the sessions that have seen nothing, then those that have a page to read."""
    order: list[str] = []
    with turns.mine(first=False):
        waiting = [_queue(threads, order, name, first=name.startswith("new"))
                   for name in ("old 1", "new 1", "old 2", "new 2")]  # fmt: skip
        assert order == []
    for done in waiting:
        done.result(timeout=60)
    assert order == ["new 1", "new 2", "old 1", "old 2"]


def test_a_page_that_hangs_holds_up_nobody(threads: ThreadPoolExecutor) -> None:
    """After the longest time the turn passes on by itself, and the one that hung takes nobody else's away."""
    order: list[str] = []
    with turns.mine(first=False):
        _queue(threads, order, "next", first=False).result(timeout=60)
        assert order == ["next"]
        with turns.mine(first=False):
            late = threading.get_ident()
            assert turns._holder == late
    assert turns._holder == 0


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns that do not end by themselves, so that nothing but giving one back passes it on."""
    monkeypatch.setattr(turns, "LONGEST", 1_000.0)


@pytest.mark.usefixtures("endless")
def test_whoever_waits_for_a_worker_has_no_turn(threads: ThreadPoolExecutor) -> None:
    """To wait for a job lets the next page go on at once; to give back a turn that one has not is nothing."""
    order: list[str] = []
    with turns.mine(first=True):
        waiting = _queue(threads, order, "during the wait", first=False)
        jobs.wait_any([], 0)
        waiting.result(timeout=20)
        turns.give_back()  # has none any more: nothing happens
    assert order == ["during the wait"]


@pytest.mark.usefixtures("endless")
def test_a_page_that_fails_passes_the_turn_on(threads: ThreadPoolExecutor) -> None:
    """An exception, such as Streamlit's own when a student moves on, ends the turn as the end of a page does."""
    order: list[str] = []
    with pytest.raises(ZeroDivisionError):
        _fail(threads, order)
    until(lambda: order == ["next"])


def _fail(threads: ThreadPoolExecutor, order: list[str]) -> None:
    with turns.mine(first=True):
        _queue(threads, order, "next", first=False)
        raise ZeroDivisionError


def test_many_threads_and_no_two_at_once(threads: ThreadPoolExecutor) -> None:
    """Eight threads that take two hundred turns are never two in one, and all come to an end."""
    inside: list[int] = []
    most: list[int] = []

    def take(number: int) -> None:
        with turns.mine(first=number % 3 == 0):
            inside.append(number)
            most.append(len(inside))
            inside.remove(number)

    list(threads.map(take, range(200)))
    assert len(most) == 200
    assert max(most) == 1
    assert turns._waiting == []
