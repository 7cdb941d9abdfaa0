"""The text generation page through the router, with a real worker."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.files import ROOT
from core.lessons import load
from core.text_generation import opening
from core.text_generation.prompts import COLD, PROMPTS
from tests.helpers import RARELY, open_page, small_app, until


def settled_page(**query: str) -> AppTest:
    return wait_for_picture(open_page("text_generation", **query))


def wait_for_picture(app: AppTest) -> AppTest:
    def ready() -> bool:
        app.run()
        text = app.session_state["tg: text"]  # asked of workers that are still starting, it is awaited
        return "tg: live" not in app.session_state and text["picture"] is not None and not text["awaited"]

    until(ready, every=RARELY)
    assert not app.exception
    return app


def tokens(app: AppTest) -> list[int]:
    return [step["token"] for step in app.session_state["tg: text"]["steps"]]


def test_the_page_opens_in_the_middle_of_a_story() -> None:
    """The first run shows the recorded tokens and the choice after them, and asks no worker."""
    app = open_page("text_generation")
    assert not app.exception
    assert tokens(app) == list(opening.opening().tokens[: opening.BEGUN])
    assert app.session_state["tg: text"]["picture"]["ids"][-1] == opening.opening().tokens[opening.BEGUN - 1]


def test_the_same_link_writes_the_same_text_stepwise_or_at_once() -> None:
    """Forty tokens asked for at once, in two sessions; and in two parts in a third."""
    texts = []
    for parts in ([40], [40], [15, 25]):
        app = settled_page(tg_seed="4", tg_temperature="0.8")
        assert tokens(app) == []
        for count in parts:
            app.session_state["tg: asked"] = count
            app = wait_for_picture(app.run())
        texts.append(tokens(app))
    assert texts[0] == texts[1] == texts[2]
    assert len(texts[0]) == 40


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_beginning_comes_with_the_temperature_that_its_sentence_speaks_of(language: str) -> None:
    """What a sentence says of temperature 0 stands beside a text that is written at temperature 0; the others, at 1."""
    lesson = load("text_generation", language)
    app = open_page("text_generation", lang=language)
    for place in (3, 0, 4, 1, 2):
        words = lesson.section(f"prompt-mini-{place}").body
        app.session_state["tg_temperature"] = 0.7  # unlit, as a student leaves it
        row: Any = next(row for row in app.run().get("button_group") if "tg-starters-mini" in str(row.key))
        row.set_value(f"mini-{place}").run()
        assert not app.exception
        spoken = "température 0" in words.replace("\N{NO-BREAK SPACE}", " ") or "temperature 0" in words
        assert app.session_state["tg_temperature"] == (0.0 if spoken else 1.0), place
        assert app.session_state["tg_prompt"] == PROMPTS["mini"][place]


def test_all_sentences_on_temperature_0_come_with_it() -> None:
    """For every model, in both languages: whoever speaks of it, sets it."""
    for language in ("fr", "en"):
        lesson = load("text_generation", language)
        for model, prompts in PROMPTS.items():
            for place in range(len(prompts)):
                words = lesson.section(f"prompt-{model}-{place}").body.replace("\N{NO-BREAK SPACE}", " ")
                spoken = re.search("temp[ée]rature 0", words, re.IGNORECASE)
                assert not spoken or place in COLD[model], (language, model, place)


def hear_nonsense() -> None:
    """Let the picture say what no student can do in it."""
    import streamlit as st

    from components.text_generation import state
    from core.text_generation import opening

    text = state.state()
    text["steps"] = opening.begun()
    st.session_state["tg_length"] = 20
    for told in (
        None,
        "write",
        {"act": "pick", "token": "x"},
        {"act": "back", "first": None},
        {"act": "back", "first": 1e9},
    ):
        st.session_state[state.PICTURE] = {"act": told, "sampling": told}
        state.acted()
        state.sampled()
    st.write(str(len(text["steps"])))


def test_nonsense_from_the_browser_changes_nothing() -> None:
    """Whatever a hostile browser sends, the text stays, and nothing fails."""
    app = small_app(hear_nonsense).run()
    assert not app.exception
    assert app.markdown[0].value == str(opening.BEGUN)


def test_what_a_student_types_is_shown_literally() -> None:
    """No component writes markup: neither script uses innerHTML, and no page passes unsafe HTML."""
    sources = [path for kind in ("py", "js") for path in (ROOT / "components").rglob(f"*.{kind}")]
    assert len(sources) > 40
    for path in sources:
        source = path.read_text()
        assert "innerHTML" not in source, path
        assert "unsafe_allow_html" not in source, path
