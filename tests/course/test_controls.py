"""Controls and the address: what a link may hold, and who is heard when the browser is behind."""

from __future__ import annotations

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from core.limits import AT_HOME
from tests.helpers import open_page, small_app


def one_control() -> None:
    """Run a page of one slider and one text."""
    from components import controls

    controls.begin_page()
    controls.slider("A number", 0, 100, 12, key="one_number")
    controls.text("A text", "", key="one_text", max_chars=20)


def moved(app: AppTest, value: int) -> AppTest:
    return app.slider(key="one_number").set_value(value).run()


def address(app: AppTest, key: str) -> str | None:
    held = app.query_params.get(key)
    return held[0] if isinstance(held, list) else held


@pytest.mark.parametrize("late", ["10", "8"])
def test_a_quick_move_wins_over_an_address_that_is_behind(late: str) -> None:
    """Three moves; with the third the browser tells an address that we wrote earlier: an echo, not a link."""
    app = moved(moved(small_app(one_control).run(), 10), 8)
    app.query_params["one_number"] = late
    moved(app, 5)
    assert app.session_state["one_number"] == 5
    assert address(app, "one_number") == "5"


def test_a_move_back_to_the_default_wins_over_an_address_that_is_behind() -> None:
    """The default stands nowhere in the address; an older address that comes after it changes nothing."""
    app = moved(moved(small_app(one_control).run(), 10), 12)
    assert address(app, "one_number") is None
    app.query_params["one_number"] = "10"
    app.run()
    assert app.session_state["one_number"] == 12


def one_control_read_often() -> None:
    """Run a page of one slider that is read again in the same run, and that is drawn once more by a run of ours."""
    import streamlit as st

    from components import controls
    from tests.course.test_controls import one_control

    one_control()
    controls.in_url("one_number", 12, int)
    if st.session_state.setdefault("drawn for", 12) != st.session_state["one_number"]:
        st.session_state["drawn for"] = st.session_state["one_number"]
        st.rerun()


def test_an_address_that_is_behind_is_an_echo_though_the_newest_was_read_here() -> None:
    """What a run reads of the address may be its own word, or that of the run before: no browser has told it."""
    app = moved(moved(small_app(one_control_read_often).run(), 10), 8)
    app.query_params["one_number"] = "10"
    moved(app, 5)
    assert app.session_state["one_number"] == 5
    assert address(app, "one_number") == "5"


def one_of_two_pages() -> None:
    """Run one of two pages, each with the same slider."""
    import streamlit as st

    from components import controls

    controls.begin_page(st.query_params.get("page", "first"))
    controls.slider("A number", 0, 100, 12, key="one_number")


def test_a_link_is_heard() -> None:
    """A value that this session never wrote comes from another hand; so does any with the first run of another page."""
    app = moved(moved(small_app(one_of_two_pages).run(), 10), 8)
    app.query_params["one_number"] = "33"
    assert app.run().session_state["one_number"] == 33
    app = moved(app, 8)
    app.query_params.update({"one_number": "33", "page": "second"})
    assert app.run().session_state["one_number"] == 33


def test_a_text_is_cut_to_its_own_limit_and_other_values_have_one() -> None:
    """The text of a link is cut where the field would stop; a number of a thousand digits is no number."""
    app = small_app(one_control)
    app.query_params["one_text"] = "é" * 50
    app.query_params["one_number"] = "0" * 1_000 + "7"
    app.run()
    assert app.session_state["one_text"] == "é" * 20
    assert app.session_state["one_number"] == 12


def test_a_link_holds_as_long_a_prompt_as_the_page_takes() -> None:
    """A prompt of 15,000 characters, which the field allows, comes back whole from its link."""
    prompt = "Il était une fois. " * 790
    assert 15_000 < len(prompt) <= AT_HOME.prompt
    app = open_page("text_generation", opened="1", tg_prompt=prompt)
    assert not app.exception
    assert app.session_state["tg_prompt"] == prompt


def is_told(app: AppTest) -> list[bool]:
    """Return whether the browser is told the number, and the text."""
    return [app.slider(key="one_number").proto.set_value, app.text_input(key="one_text").proto.set_value]


def test_a_link_is_heard_though_the_browser_is_slow_to_draw() -> None:
    """While no widget has told that it stands there, each run tells it its value again; then no more, for who types."""
    app = small_app(one_control)
    app.query_params.update({"one_number": "33", "one_text": "browsers"})
    app.run()
    for _run in range(3):
        assert is_told(app) == [True, True]
        assert (app.session_state["one_number"], app.session_state["one_text"]) == (33, "browsers")
        app._run(WidgetStates())  # the browser asks for a run, and tells of no widget
    assert is_told(app.run()) == [False, False]
    assert (app.session_state["one_number"], app.session_state["one_text"]) == (33, "browsers")


def test_what_a_student_moved_since_is_not_taken_back() -> None:
    """A slider that a link has set, and that is moved at once, stays where the student has it."""
    app = small_app(one_control)
    app.query_params["one_number"] = "33"
    assert not is_told(moved(app.run(), 34))[0]
    assert app.session_state["one_number"] == 34


def one_choice() -> None:
    """Run a page of one choice."""
    from components import controls

    controls.begin_page()
    controls.choice("A way", ["here", "there", "nowhere"], "here", key="one_way")


def test_a_choice_that_the_browser_forgets_stands_where_it_was_left() -> None:
    """A choice drawn again while a page is busy may be told as nothing: it is lit all the same, on what was chosen."""
    app = small_app(one_choice).run()
    app.button_group(key="one_way").set_value("there").run()
    app.button_group(key="one_way").set_value(None).run()
    assert app.button_group(key="one_way").value == "there"
    assert address(app, "one_way") == "there"
