"""`transformers serve`: no log-probabilities, no choice of tools, and fields that it refuses: all learned."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from core.chat import capabilities, client
from core.chat.errors import ChatError, Kind
from core.chat.line import Line, Patience
from core.chat.received import receive
from core.chat.requests import How, Wish
from core.chat.servers import Server, server_of
from tests.chat.asking import ask, said

TOOL = {"type": "function", "function": {"name": "add", "description": "Add.", "parameters": {"type": "object"}}}
SHORT = How(tokens=6)


def test_its_answer_comes_in_pieces_and_is_counted(poor: Server) -> None:
    """What it refuses is left out and remembered; temperature, top-p, length and seed are not among it."""
    answer = ask(poor, how=SHORT)
    assert answer.error is None
    assert answer.usage is not None
    assert (answer.reason, answer.usage.answer) == ("length", 6)
    assert capabilities.of(poor).refused == {"top_k", "min_p"}
    assert {"temperature", "top_p", "max_tokens", "seed"} <= set(answer.sent)
    assert ask(poor, how=SHORT).text == answer.text
    assert ask(poor, how=How(tokens=6, seed=2)).text != answer.text


def test_its_row_of_capabilities_says_what_is_missing(poor: Server) -> None:
    """Asked for each, it says nothing and does nothing: only what came back tells."""
    ask(poor, how=SHORT, wish=Wish(alternatives=3))
    ask(poor, how=SHORT, wish=Wish(tools=[TOOL], tool_choice="required"))
    row = capabilities.of(poor)
    assert (row.streams, row.usage, row.logprobs, row.tool_choice) == (True, True, False, False)


def test_it_has_no_list_of_models(poor: Server) -> None:
    """Without a network it fails to make one; that is noted."""
    try:
        names = client.models(poor)
    except ChatError:
        names = []
    assert capabilities.of(poor).models is bool(names)


def test_it_does_not_say_what_its_model_receives(poor: Server) -> None:
    """So nothing is claimed, but what was sent; the count comes with the answer."""
    found = receive(poor, [said("Hello")], SHORT)
    assert not found.is_known
    assert list(found.sent) == [said("Hello")]
    usage = ask(poor, how=SHORT).usage
    assert usage is not None
    assert usage.prompt > len("Hello")  # a token a letter, and the template's


def test_its_refusals_have_their_kinds(poor: Server) -> None:
    """Another model's name than its own is refused, malformed messages break it; neither is asked for ever."""
    other = ask(server_of(poor.address, "another"), how=SHORT).error
    assert other is not None
    assert (other.kind, other.status) == (Kind.REJECTED, 400)
    with pytest.raises(ChatError) as caught:
        list(client.ask(poor, [{"role": "user", "content": 3}], SHORT))
    assert caught.value.kind is Kind.SERVER_ERROR


def test_several_students_at_once(poor: Server) -> None:
    """Each gets a whole answer."""
    with ThreadPoolExecutor(4) as students:
        answers = list(students.map(lambda at: ask(poor, f"Hello {at}", SHORT), range(8)))
    assert [answer.error for answer in answers] == [None] * 8
    assert all(answer.usage is not None and answer.usage.answer == 6 for answer in answers)


def test_a_stopped_answer_frees_it(poor: Server) -> None:
    """Stopped after the first piece; it answers the next question."""
    line = Line(Patience())
    for event in client.ask(poor, [said("Hello")], How(tokens=200), line=line):
        if hasattr(event, "text"):
            line.stop()
    assert ask(poor, how=SHORT).reason == "length"
