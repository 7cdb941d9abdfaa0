"""Answers for pages: so many at once, the rest in line, each stopped and forgotten alone."""

from __future__ import annotations

import pytest

from core.chat import answering
from core.chat.answering import OF_A_SESSION, State, start
from core.chat.classifying import PLACE, Classifying
from core.chat.errors import ChatError, Kind
from core.chat.line import Patience
from core.chat.requests import How
from tests.chat.asking import said
from tests.chat.odd_server import OddServer
from tests.helpers import until

ASKED = [said("Hello")]


@pytest.fixture
def one_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write for one only among servers outside; two may wait."""
    monkeypatch.setattr(answering._outside, "width", 1)
    monkeypatch.setattr(answering, "MOST_WAITING", 2)


def test_an_answer_is_followed_until_it_is_finished(odd: OddServer) -> None:
    """What has come only grows; at the end all of it is there, and nothing is kept."""
    asked = start("me", odd.server("fine"), ASKED)
    first = asked.wait_for_more(0, 10)
    assert asked.wait(10)
    last = asked.snapshot()
    assert last.over
    assert (last.state, last.place, last.answer.text, last.answer.reason) == (State.FINISHED, 0, "Hello", "stop")
    assert last.answer.text.startswith(first.answer.text)
    assert not answering.of_session("me")


def test_a_snapshot_grows_no_further(odd: OddServer) -> None:
    """What a page holds stays as it was while the answer goes on."""
    asked = start("me", odd.server("endless"), ASKED, How(tokens=10_000))
    before = asked.wait_for_more(2, 10)
    text, pieces = before.answer.text, len(before.answer.pieces)
    asked.wait_for_more(pieces + 3, 10)
    assert (before.answer.text, len(before.answer.pieces)) == (text, pieces)
    asked.stop()
    assert asked.wait(10)


def test_what_fails_is_told_with_what_came(odd: OddServer) -> None:
    """The error has its kind, the answer its text."""
    asked = start("me", odd.server("cut"), ASKED)
    assert asked.wait(10)
    found = asked.snapshot()
    assert (found.state, found.answer.text) == (State.FAILED, "Hello")
    assert found.answer.error is not None
    assert found.answer.error.kind is Kind.CUT


@pytest.mark.usefixtures("one_at_once")
def test_who_comes_later_waits_in_line_and_knows_the_place(odd: OddServer) -> None:
    """Places count down as those before leave or are written; one too many is refused politely."""
    first, second, third = (start(name, odd.server("silent"), ASKED) for name in "abc")
    assert [each.snapshot().place for each in (first, second, third)] == [0, 1, 2]
    assert third.snapshot().state is State.WAITING
    with pytest.raises(ChatError) as caught:
        start("d", odd.server("silent"), ASKED)
    assert (caught.value.kind, caught.value.reason) == (Kind.BUSY, "line")
    second.stop()
    assert second.snapshot().state is State.STOPPED
    assert third.snapshot().place == 1
    first.stop()
    until(lambda: third.snapshot().state is State.WRITING, 10)
    assert first.snapshot().state is State.STOPPED
    third.stop()
    assert third.wait(10)


def test_a_session_has_two_answers_at_once_and_not_more(odd: OddServer) -> None:
    """Two models side by side; another session is not concerned."""
    held = [start("me", odd.server("silent"), ASKED) for _ in range(OF_A_SESSION)]
    with pytest.raises(ChatError) as caught:
        start("me", odd.server("fine"), ASKED)
    assert (caught.value.kind, caught.value.reason) == (Kind.BUSY, "session")
    assert start("you", odd.server("fine"), ASKED).wait(10)
    answering.forget("me")
    assert all(each.wait(10) for each in held)
    assert start("me", odd.server("fine"), ASKED).wait(10)


@pytest.mark.usefixtures("one_at_once")
def test_a_closed_tab_ends_what_it_asked_and_no_others(odd: OddServer) -> None:
    """Writing or waiting, the session's answers stop; those of others go on."""
    mine, also_mine, yours = (start(name, odd.server("silent"), ASKED) for name in ("me", "me", "you"))
    answering.forget("me")
    assert mine.wait(10)
    assert also_mine.wait(10)
    until(lambda: yours.snapshot().state is State.WRITING, 10)
    answering.stop()
    assert yours.wait(10)


def test_a_slow_server_is_given_up(odd: OddServer) -> None:
    """The patience is the caller's."""
    asked = start("me", odd.server("silent"), ASKED, patience=Patience(first=0.2, total=0.3))
    assert asked.wait(10)
    found = asked.snapshot().answer.error
    assert found is not None
    assert found.kind is Kind.SLOW


def test_who_closes_a_tab_has_no_further_message_sorted(odd: OddServer) -> None:
    """Ten messages are ten questions: with the one that is written, those to come are given up too."""
    tried = Classifying(f"Sort: {PLACE}")
    tried.start("me", odd.server("silent"))
    until(lambda: answering.of_session("me"), 10)
    answering.forget("me")
    until(lambda: tried.is_over, 10)
    assert not answering.of_session("me")
    assert (tried.error, [row.answer for row in tried.rows]) == (None, [None] * 10)
