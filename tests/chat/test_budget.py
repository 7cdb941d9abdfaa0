"""A class's budget: what is asked at once cannot spend more than there is, and what was not used comes back."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.chat import budget
from core.chat.budget import Budget, Left
from core.chat.errors import ChatError, Kind
from core.chat.requests import How
from core.chat.servers import Server
from tests.chat.asking import ask
from tests.chat.odd_server import OddServer


def test_thirty_students_at_once_spend_no_more_than_there_is() -> None:
    """Of thirty questions that are all under way together, five pass where five are allowed."""
    shared, together = Budget(5, None), threading.Barrier(30)

    def one(_: int) -> str:
        together.wait()
        try:
            with shared.spend(1):
                return "passed"
        except ChatError as error:
            return f"{error.kind} {error.reason}"

    with ThreadPoolExecutor(30) as students:
        assert Counter(students.map(one, range(30))) == {"passed": 5, "over_budget requests": 25}
    assert shared.left() == Left(0, None)


def test_tokens_are_held_back_while_they_may_be_spent_and_come_back() -> None:
    """The most is counted before; what it really was, after. The refusal says how many are left."""
    shared = Budget(None, 100)
    with shared.spend(80) as cost:
        assert shared.left().tokens == 20
        with pytest.raises(ChatError) as caught, shared.spend(30):
            pytest.fail("spent")
        assert (caught.value.reason, caught.value.detail) == ("tokens", "20")
        cost.tokens = 10
    assert shared.left() == Left(None, 90)


def test_a_servers_own_count_is_what_a_question_costs(
    odd: OddServer, smollm2: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted by a third of the letters where the server counts nothing; what was never sent costs no tokens.

    The embedded model is not counted at all.
    """
    monkeypatch.setenv(budget.REQUESTS, "3")
    monkeypatch.setenv(budget.TOKENS, "1000")
    ask(odd.server("fine"), "123456")  # and five letters come
    assert budget.default().left() == Left(2, 1_000 - 4)
    assert ask(smollm2).usage is not None
    assert budget.default().left() == Left(2, 1_000 - 4)
    ask(odd.server("401"))
    assert budget.default().left() == Left(1, 1_000 - 4)
    error = ask(odd.server("fine"), how=How(tokens=160)).error
    assert error is None
    error = ask(odd.server("fine")).error
    assert error is not None
    assert (error.kind, error.reason) == (Kind.OVER_BUDGET, "requests")


def test_an_answer_that_was_cut_costs_what_came(odd: OddServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its letters are counted, and the rest of what was held back is free again."""
    monkeypatch.setenv(budget.TOKENS, "100")
    ask(odd.server("cut"), "1")
    assert budget.default().left().tokens == 100 - budget.tokens_of("1" + "Hello")
