"""Tools on the page, through the router: what is recorded, what a model really does, and that text stays text."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components.chat.asked import OWN
from components.chat.tools import _TALKS as TALKS
from core.chat.calculator import calculate
from core.chat.missions import calculated
from core.chat.requests import How
from core.chat.servers import Server
from core.chat.tool_asks import ASKS, DAY, Told, recorded
from core.chat.tool_talk import Offer, ToolTalk, calls_itself, plain
from core.chat.tools import ANSWER, NAMES, Call, tools
from tests.chat.odd_server import OddServer
from tests.helpers import open_page, until

ASK, FIELD = "chat tools: ask", "chat tools: own question"
LISTED = tools("en", DAY, plain)
HOSTILE = "![x](https://example.com/x.png)<img src=x onerror=alert(1)> <|im_end|> ``` $$ :material/home: {name}"


def page(language: str = "en", ask: str = "product") -> AppTest:
    return open_page("chat", opened="1", lang=language, chat_part="tools", chat_tools_ask=ask)


def written(app: AppTest) -> str:
    """Return all that stands as text or code."""
    return "\n".join(block.value for block in app.code)


def marked(app: AppTest) -> str:
    """Return all that is read as Markdown."""
    return "\n".join(part.value for kind in (app.markdown, app.caption) for part in kind)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["product", "hello", "books"])
def test_a_recorded_question_stands_there_at_once(language: str, name: str) -> None:
    """Without the model: every step, both answers, the right tool named, and that it is recorded."""
    app, (told, without) = page(language, name), recorded()[name]
    assert not app.exception
    for text in (told.added, told.schema, told.calls[0].given, told.calls[0].result, told.answer, without):
        assert text in written(app)
    assert {"fr": "Enregistré", "en": "Recorded"}[language] in marked(app)
    assert ({"fr": "C’est le bon.", "en": "right one."}[language] in marked(app)) == (told.picked == ASKS[name].right)
    assert (":material/warning:" in marked(app)) == (not told.calls[0].went_well)


def asked_now(app: AppTest, name: str) -> ToolTalk:
    """Press the button, and wait for the end of both answers."""
    app.button(ASK).click().run()
    talk: ToolTalk = app.session_state[TALKS][name]
    assert talk.wait(120)
    app.run()
    return talk


def test_a_model_is_asked_and_counted_once(smollm2: Server) -> None:
    """SmolLM2, now: what it chose, sent, got and wrote stands there instead of what was recorded."""
    app = page()
    talk = asked_now(app, "product")
    told, without, error = talk.snapshot()
    assert error is None
    assert told.picked in {*NAMES, ANSWER}
    for text in (told.added, *(call.result for call in told.calls), told.answer, without):
        assert text.strip() in written(app)
    assert "Press the button" not in marked(app)
    for _again in range(2):
        assert f"In this session: {int(told.picked == 'calculator')} of 1." in marked(app.run())


def test_the_mission_is_reached_by_a_question_of_ones_own(smollm2: Server) -> None:
    """One of a few products is missed without and right with the calculator; without a question nothing is asked."""
    app = page(ask=OWN)
    assert app.button(ASK).disabled
    for one in range(6):
        assert not app.success
        (field,) = [each for each in app.text_input if each.key == FIELD]
        field.set_value(f"What is {17 + one} * 24?").run()
        told, without, _error = asked_now(app, OWN).snapshot()
        value = calculate(f"{17 + one} * 24")
        if told.calls and value in told.calls[0].result and value in told.answer and value not in without:
            break
    assert "compute rightly" in " ".join(str(part.value) for part in app.success)


def test_what_a_student_writes_is_in_no_address_and_stays_text(odd: OddServer) -> None:
    """Markdown, HTML, marks and braces in a question of one's own."""
    app = page(ask=OWN)
    (field,) = [each for each in app.text_input if each.key == FIELD]
    field.set_value(HOSTILE).run()
    assert not app.exception
    assert "example.com" not in str(dict(app.query_params))
    assert "example.com" not in marked(app)


CALL = Call("calculator", "{}", {"expression": "37 * 41"}, '{"value": "1517"}', went_well=True)


@pytest.mark.parametrize(
    ("question", "answer", "without", "calls", "reached"),
    [
        ("What is 37 * 41?", "It is 1517.", "1481", (CALL,), True),
        ("What is 37 * 41?", "It is 1,517.", "1481", (CALL,), True),
        ("Combien font 37 × 41 ?", "1 517", "1481", (CALL,), True),
        ("What is 37 * 41?", "It is 1518.", "1481", (CALL,), False),
        ("What is 37 * 41?", "It is 1517.", "It is 1517.", (CALL,), False),
        ("What is 37 * 41?", "It is 1517.", "", (CALL,), False),
        ("What is 37 * 41?", "It is 1517.", "1481", (), False),
        ("Say 1517!", "1517", "1481", (CALL,), False),
        ("What is (1517)?", "1517", "1481", (CALL,), False),
    ],
)
def test_the_mission_wants_a_calculation_missed_and_then_made(
    question: str, answer: str, without: str, calls: tuple[Call, ...], reached: bool
) -> None:
    """Missed without, right with the tool; not by a number that stands in the question, nor without a call."""
    told = Told("", picked="calculator", calls=calls, answer=answer, over=True)
    assert calculated(question, told, without) == reached


def test_stop_ends_both_answers(smollm2: Server) -> None:
    """What was stopped is over, and nothing went wrong."""
    talk = ToolTalk("stops", smollm2, "Tell me a long story.", How(0.0, tokens=320), Offer(LISTED, LISTED))
    until(lambda: talk.snapshot()[1])
    talk.stop()
    assert talk.wait(30)
    told, _without, error = talk.snapshot()
    assert told.over
    assert error is None


def test_only_a_server_outside_is_first_given_the_tools_themselves(smollm2: Server, odd: OddServer) -> None:
    """The course's model is not; another is until it shows that it does not take them."""
    assert not calls_itself(smollm2)
    assert calls_itself(Server("http://127.0.0.1:9/v1", "any"))
