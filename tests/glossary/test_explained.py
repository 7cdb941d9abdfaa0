"""Which section of a page explains a term: the first one, and the same one whatever part of the page runs again."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

from tests.helpers import small_app


def two_sections() -> None:
    import streamlit as st

    from components import glossary

    if not st.checkbox("Only a part runs again"):  # as a fragment does, which begins no page
        glossary.begin_page()
    if st.checkbox("Question"):
        st.markdown(glossary.explained("page", "predict", "Which batch?"))
    st.markdown(glossary.explained("page", "first", "A batch, then a batch."))
    st.markdown(glossary.explained("page", "second", "A batch has a loss."))


def links(app: AppTest) -> list[list[str]]:
    """Return the ids of the terms that each piece of prose explains."""
    return [[part.split("&")[0] for part in piece.value.split("(glossary?term=")[1:]] for piece in app.markdown]


def test_a_term_is_explained_once_where_it_comes_first() -> None:
    """The second section leaves the batch to the first, and a run of one part or of all leaves the links in place."""
    app = small_app(two_sections).run()
    assert links(app) == [["batch"], ["loss"]]
    assert links(app.run()) == [["batch"], ["loss"]]
    assert links(app.checkbox[0].check().run()) == [["batch"], ["loss"]]


def test_what_comes_before_takes_the_link_and_gives_it_back() -> None:
    """A question above explains the term while it stands; once it is answered, the section below does."""
    app = small_app(two_sections).run()
    assert links(app.checkbox[1].check().run()) == [["batch"], [], ["loss"]]
    assert links(app.checkbox[1].uncheck().run()) == [["batch"], ["loss"]]


def test_the_link_keeps_the_language_and_the_projection() -> None:
    """The new tab speaks the page's language, and is as large in front of a class."""
    app = small_app(two_sections)
    app.session_state["language"] = "en"
    app.session_state["projection"] = True
    assert '(glossary?term=batch&lang=en&projection=true "The examples that' in app.run().markdown[0].value


def controls_and_words() -> None:
    import streamlit as st

    from components import controls, glossary

    controls.begin_page(explain=glossary.tip)
    glossary.begin_page("page")
    controls.slider("Batch and epochs", 0, 10, 5, key="x_first")
    controls.slider("Batch again", 0, 10, 5, key="x_second")
    controls.toggle("No word of the field", True, key="x_third")
    st.markdown(glossary.explained("page", "after", "A batch has a loss."))
    st.json(glossary.in_picture("picture", "1 · Top-k of each batch, a token"))


def test_a_control_explains_the_words_of_its_label_once() -> None:
    """The first to use a word has a tip that defines it; the next ones, and the prose below, leave it to that one."""
    app = small_app(controls_and_words)
    app.session_state["language"] = "en"
    for _run in range(2):
        app.run()
        assert not app.exception
        tip = app.slider[0].help
        assert "**Batch** — The examples that" in tip
        assert "**epochs** — " in tip
        assert app.slider[1].help == ""
        assert app.toggle[0].help == ""
        assert links(app) == [["loss"]]


def test_a_picture_gets_the_words_that_nobody_has_explained() -> None:
    """As they stand in its text, with what they mean and where that is said at length."""
    app = small_app(controls_and_words)
    app.session_state["language"] = "en"
    words = json.loads(app.run().json[0].value)
    assert [(found["word"], found["href"]) for found in words] == [
        ("Top-k", "glossary?term=top-k&lang=en"),
        ("token", "glossary?term=token&lang=en"),
    ]
    assert all(len(found["title"]) > 20 for found in words)
