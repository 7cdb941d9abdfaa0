"""Code on the page, through the router: recorded programs, a program now, and what became of each in words."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from components.chat.asked import OWN
from components.chat.code import _TALKS as TALKS
from components.chat.code import BEGIN
from components.chat.python import KEY
from core.chat.code_asks import ASKS, Written, recorded
from core.chat.code_run import Ran, run
from core.chat.code_talk import CodeTalk
from core.chat.servers import Server
from tests.helpers import open_page, small_app

ASK, COPY, FIELD = "chat code: ask", "chat code: copy", "chat code: own task"
HOSTILE = "![x](https://example.com/x.png)<img src=x onerror=alert(1)> <|im_end|> ``` $$ :material/home: {name}"


def page(language: str = "en", ask: str = "evens") -> AppTest:
    return open_page("chat", opened="1", lang=language, chat_part="code", chat_code_ask=ask)


def written(app: AppTest) -> str:
    return "\n".join(block.value for block in app.code)


def marked(app: AppTest) -> str:
    return "\n".join(part.value for kind in (app.markdown, app.caption) for part in kind)


def field(app: AppTest) -> str:
    """Return the program that the student's own field was given."""
    (found,) = [each.proto for each in app.get("bidi_component") if KEY in str(each.proto)]
    code: str = json.loads(found.json)["code"]
    return code


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["evens", "primes"])
def test_a_recorded_program_stands_there_at_once(language: str, name: str) -> None:
    """Without the model: what was added, the whole answer, the program, what Python said, whether it is right."""
    app, found = page(language, name), recorded()[name]
    assert not app.exception
    assert found.ran
    for text in (found.added, found.answer, found.code or "", found.ran.error or found.ran.output):
        assert text.strip() in written(app)
    assert {"fr": "Enregistré", "en": "Recorded"}[language] in marked(app)
    right = {"fr": "C’est ce qui était demandé.", "en": "That is what was asked for."}[language]
    assert (right in marked(app)) == found.is_right(ASKS[name].prints)


def test_the_models_program_is_copied_into_the_students_field() -> None:
    """At first the field has its own; a click brings the model's; with a task of one's own there is none yet."""
    app = page()
    assert field(app) == BEGIN
    app.button(COPY).click().run()
    assert field(app) == recorded()["evens"].code
    assert page(ask=OWN).button(COPY).disabled


def test_a_program_is_written_and_runs_now(smollm2: Server) -> None:
    """SmolLM2, now: its program and what became of it stand there instead of what was recorded."""
    app = page()
    app.button(ASK).click().run()
    talk: CodeTalk = app.session_state[TALKS]["evens"]
    assert talk.wait(120)
    app.run()
    found = talk.snapshot()
    assert found.error is None
    again = run(found.code) if found.code else None
    if "random" in (found.code or ""):  # what it draws is no part of the claim
        assert (found.ran and found.ran.kind, bool(found.ran)) == (again and again.kind, True)
    else:
        assert found.ran == again
    assert (found.code or found.answer).strip() in written(app)
    said = "The program" if found.ran else "no program"
    assert said in marked(app)
    assert "Recorded with SmolLM2" not in marked(app)


def test_what_a_student_writes_is_in_no_address_and_stays_text() -> None:
    """Markdown, HTML, marks and braces in a task of one's own."""
    app = page(ask=OWN)
    (own,) = [each for each in app.text_input if each.key == FIELD]
    own.set_value(HOSTILE).run()
    assert not app.exception
    assert "example.com" not in str(dict(app.query_params)) + marked(app)


def show_hostile() -> None:
    from components.chat.code import _written
    from core.chat.code_asks import Written
    from core.chat.code_run import Ran
    from tests.chat.test_code_page import HOSTILE

    _written(Written("", HOSTILE, HOSTILE, Ran("error", HOSTILE, error=HOSTILE, line=1), over=True), "5")
    _written(Written("", HOSTILE, over=True), "")


def test_what_a_model_or_a_program_writes_stays_text() -> None:
    """An answer, a program, its output and its error: all as code, none as Markdown."""
    app = small_app(show_hostile).run()
    assert not app.exception
    assert "example.com" not in marked(app)
    assert written(app).count("example.com") == 5


def show_outcomes() -> None:
    import typing

    import streamlit as st

    from components.chat.code import outcome
    from core.chat.code_run import Kind, Ran

    for kind in typing.get_args(Kind):
        st.markdown(outcome(Ran(kind)))


def test_every_end_of_a_program_has_its_sentence() -> None:
    """Nine kinds, nine sentences: an endless loop is not called an error."""
    app = small_app(show_outcomes).run()
    assert not app.exception
    said = [part.value for part in app.markdown]
    assert len(set(said)) == len(said) == 9


@pytest.mark.parametrize(
    ("ran", "right"),
    [
        (Ran("done", "5 050\n"), False), (Ran("done", "5050\n"), True), (Ran("done", "", "5050"), True),
        (Ran("error", "5050\n"), False), (Ran("done", "15050"), False), (None, False),
    ],
)  # fmt: skip
def test_a_program_is_right_if_it_ends_with_what_was_asked(ran: Ran | None, right: bool) -> None:
    """Its output, or its last value; a program that fails after it is not."""
    assert Written("", ran=ran).is_right(ASKS["sum"].prints) == right
