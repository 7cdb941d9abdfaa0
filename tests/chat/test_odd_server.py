"""Bad days of a server: each has its own kind of error, what came before stays, and nothing tells the key."""

from __future__ import annotations

import logging
import pickle
import threading
import traceback

import pytest

from core.chat import capabilities, client
from core.chat.answers import Answer, End, Piece
from core.chat.errors import LONGEST_WAIT, SHOWN, ChatError, Kind
from core.chat.line import Line, Patience
from core.chat.requests import How
from core.chat.servers import server_of
from tests.chat.asking import ask, said
from tests.chat.odd_server import KEY, OddServer
from tests.helpers import free_port

SHORT = {"silent": Patience(first=0.3), "endless_silence": Patience(first=0.3), "stalls": Patience(between=0.3)}
"""For what never comes; all else has its time, on a busy machine too."""


def failed(odd: OddServer, case: str) -> tuple[ChatError, Answer]:
    answer = ask(odd.server(case), line=Line(SHORT.get(case)))
    assert answer.error is not None
    return answer.error, answer


@pytest.mark.parametrize(
    ("case", "kind", "reason"),
    [
        ("401", Kind.UNAUTHORISED, ""),
        ("404", Kind.NOT_FOUND, ""),
        ("429", Kind.TOO_MANY, ""),
        ("500", Kind.SERVER_ERROR, ""),
        ("too_long", Kind.TOO_LONG, ""),
        ("redirect", Kind.REDIRECTED, ""),
        ("empty", Kind.NONSENSE, "empty"),
        ("page", Kind.NONSENSE, "empty"),
        ("wrong_kind", Kind.NONSENSE, "shape"),
        ("whole_wrong", Kind.NONSENSE, "json"),
        ("packed", Kind.NONSENSE, "packed"),
        ("endless_line", Kind.NONSENSE, "endless"),
        ("silent", Kind.SLOW, "first"),
        ("endless_silence", Kind.SLOW, "first"),
    ],
)
def test_a_server_that_gives_no_answer_is_told_apart(odd: OddServer, case: str, kind: Kind, reason: str) -> None:
    """Each refusal and each nonsense has its kind, and leaves an empty answer."""
    error, answer = failed(odd, case)
    assert (error.kind, error.reason) == (kind, reason)
    assert answer.text == ""


@pytest.mark.parametrize(
    ("case", "kind", "reason", "text"),
    [
        ("wrong_json", Kind.NONSENSE, "json", "Hel"),
        ("wrong_shape", Kind.NONSENSE, "shape", "Hel"),
        ("says_error", Kind.SERVER_ERROR, "", "Hel"),
        ("cut", Kind.CUT, "", "Hello"),
        ("ends_early", Kind.CUT, "", "Hello"),
        ("stalls", Kind.SLOW, "between", "Hel"),
    ],
)
def test_what_came_before_a_stream_broke_is_kept(
    odd: OddServer, case: str, kind: Kind, reason: str, text: str
) -> None:  # fmt: skip
    """A broken stream ends in its kind of error; the answer holds every letter that came, and no reason for its end."""
    error, answer = failed(odd, case)
    assert (error.kind, error.reason) == (kind, reason)
    assert (answer.text, answer.reason) == (text, "")


@pytest.mark.parametrize(
    ("case", "wait"),
    [
        ("429", None),
        ("429_seconds", 7),
        ("429_date", 0),
        ("429_absurd", LONGEST_WAIT),
        ("429_negative", None),
        ("429_nan", None),
        ("429_words", None),
    ],
)
def test_the_time_to_wait_is_what_the_server_says_within_reason(
    odd: OddServer, case: str, wait: float | None
) -> None:  # fmt: skip
    """Seconds or a date; nonsense is none, and years are ten minutes."""
    assert failed(odd, case)[0].retry_after == wait


def test_an_endless_answer_ends_at_its_length(odd: OddServer) -> None:
    """A server that does not keep to the length is left soon after it, and sees a closed connection."""
    odd.hung_up.clear()
    answer = ask(odd.server("endless"), how=How(tokens=20))
    assert (answer.reason, answer.error) == ("limit", None)
    assert 20 <= len(answer.pieces) <= 22
    assert odd.hung_up.wait(10)


def test_an_endless_answer_ends_at_its_time(odd: OddServer) -> None:
    """However many tokens it may have, the seconds in all are bounded too; what came stays."""
    answer = ask(odd.server("drips"), how=How(tokens=320), line=Line(Patience(total=1)))
    assert answer.error is not None
    assert (answer.error.kind, answer.error.reason) == (Kind.SLOW, "total")
    assert answer.text.startswith("word word")


@pytest.mark.parametrize("case", ["endless", "stalls", "silent"])
def test_stop_ends_an_answer_at_once_wherever_it_is(odd: OddServer, case: str) -> None:
    """In the middle, between two pieces, and before the first byte; the server sees a closed connection."""
    line, answer, waits = Line(Patience()), Answer(), threading.Event()
    odd.asked.clear()

    def write() -> None:
        for event in client.ask(odd.server(case), [said("Hello")], How(tokens=10_000), line=line):
            answer.take(event)
            if isinstance(event, Piece):
                waits.set()

    thread = threading.Thread(target=write)
    thread.start()
    if case == "silent":
        while not odd.asked:
            waits.wait(0.01)
    else:
        assert waits.wait(10)
    line.stop()
    thread.join(10)
    assert not thread.is_alive()
    assert answer.reason == "stopped"


def test_a_line_that_was_stopped_before_asks_nothing_more(odd: OddServer) -> None:
    """A Stop that comes before the connection stands still holds."""
    line = Line(Patience())
    line.stop()
    assert ask(odd.server("endless"), line=line).reason == "stopped"


def test_a_caller_that_looks_no_further_closes_the_connection(odd: OddServer) -> None:
    """Closing the iterator is enough."""
    odd.hung_up.clear()
    events = client.ask(odd.server("endless"), [said("Hello")], How(tokens=300))
    assert [type(next(events)).__name__ for _ in range(2)] == ["Sent", "Piece"]
    events.close()  # type: ignore[attr-defined]
    assert odd.hung_up.wait(10)


def test_a_server_that_is_not_there_is_unreachable() -> None:
    """A port on which nothing listens."""
    error = ask(server_of(f"http://127.0.0.1:{free_port()}/v1", "none")).error
    assert error is not None
    assert error.kind is Kind.UNREACHABLE


def test_a_redirect_is_named_and_not_followed(odd: OddServer) -> None:
    """The address that it leads to is told, and nobody asks there."""
    odd.asked.clear()
    error, _ = failed(odd, "redirect")
    assert "169.254.169.254" in error.detail
    assert [path for path, _, _ in odd.asked] == ["/redirect/v1/chat/completions"]


def test_nothing_is_asked_twice(odd: OddServer) -> None:
    """No retries of the client's own: a refused question was asked once."""
    for case in ("429_seconds", "500", "401"):
        odd.asked.clear()
        failed(odd, case)
        assert len(odd.asked) == 1


def test_a_field_that_a_server_does_not_take_is_left_out_from_then_on(odd: OddServer) -> None:
    """Named one at a time, each is dropped or goes by its other name; the next question has no need to learn again."""
    server = odd.server("fields")
    odd.asked.clear()
    assert ask(server, how=How(tokens=9)).text == "fine!"
    assert [("top_k" in body, "max_tokens" in body) for _, _, body in odd.asked] == [
        (True, True), (False, True), (False, False)]  # fmt: skip
    assert odd.asked[-1][2]["max_completion_tokens"] == 9
    assert {"temperature", "seed"} <= set(odd.asked[-1][2])
    assert capabilities.of(server).refused == {"top_k", "min_p", "max_tokens"}
    ask(server)
    assert len(odd.asked) == 4


def test_a_server_that_answers_all_at_once_is_understood(odd: OddServer) -> None:
    """Not streamed, though asked to be: one piece."""
    answer = ask(odd.server("whole"))
    assert (answer.text, answer.reason, len(answer.pieces)) == ("all at once", "stop", 1)
    assert capabilities.of(odd.server("whole")).streams is False


def test_a_role_is_no_first_word(odd: OddServer) -> None:
    """While a server that has named its role still reads the prompt, the patience for the first word holds."""
    assert ask(odd.server("reads"), line=Line(Patience(first=30, between=0.3))).text == "Hello"


@pytest.mark.parametrize("case", ["401", "loud", "429", "wrong_json", "stalls", "redirect", "packed"])
def test_an_error_never_tells_the_key_nor_a_whole_response(
    odd: OddServer, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in what it prints, pickles, hangs together with, or what anything has logged: no eight letters in a row."""
    caplog.set_level(logging.DEBUG)
    error, _ = failed(odd, case)
    assert error.__cause__ is None
    assert error.__context__ is None
    assert len(error.detail) <= SHOWN
    told = [repr(error), "".join(traceback.format_exception(error)), str(vars(error)), caplog.text,
            repr(pickle.dumps(error.args))]  # fmt: skip
    for start in range(len(KEY) - 7):
        assert not any(KEY[start : start + 8] in each for each in told)


def test_the_server_is_told_the_key_and_nothing_of_this_machine(
    odd: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the environment holds for the client stays here: proxies, another key, an organisation, headers."""
    for name, value in {
        "OPENAI_API_KEY": "other", "OPENAI_ORG_ID": "school", "OPENAI_PROJECT_ID": "course", "OPENAI_LOG": "debug",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/", "OPENAI_CUSTOM_HEADERS": "X-Mine: 1", "NO_PROXY": "",
        "HTTP_PROXY": f"http://127.0.0.1:{free_port()}", "ALL_PROXY": f"http://127.0.0.1:{free_port()}",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    odd.asked.clear()
    assert ask(odd.server("fine")).text == "Hello"
    ((_, headers, body),) = odd.asked
    assert headers.pop("authorization") == f"Bearer {KEY}"
    assert headers.pop("user-agent").startswith("OpenAI/Python")
    assert set(headers) == {"host", "accept", "accept-encoding", "connection", "content-type", "content-length"}
    assert KEY not in str(body)
    ask(odd.server("fine", key=""))
    assert "authorization" not in odd.asked[-1][1]


def test_what_was_sent_is_told_as_it_was_sent(odd: OddServer) -> None:
    """The first event is the JSON that the server got."""
    odd.asked.clear()
    answer = ask(odd.server("fine"), "Bonjour", How(system="Be brief."))
    assert answer.sent == odd.asked[0][2]
    assert answer.sent["messages"] == [said("Be brief.", "system"), said("Bonjour")]


def test_an_answer_begins_and_ends_in_order(odd: OddServer) -> None:
    """The times of its pieces never go back, and the end is the last."""
    events = list(client.ask(odd.server("fine"), [said("Hello")]))
    times = [event.at for event in events if isinstance(event, Piece | End)]
    assert times == sorted(times)
    assert isinstance(events[-1], End)
