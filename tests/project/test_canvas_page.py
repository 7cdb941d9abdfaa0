"""The part with the canvas through the router: what is written is kept, links arrive, what is missing is said."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.project import plan
from core.project.canvas import REASONS, Canvas
from tests.helpers import open_page, small_app

SESSION = "project: canvas"


def opened(language: str = "fr") -> AppTest:
    app = open_page("project", pj_part="canvas", opened="1", lang=language)
    assert not app.exception, app.exception[0].value
    return app


def canvas(app: AppTest) -> Canvas:
    found: Canvas = app.session_state[SESSION].canvas
    return found


def messages(app: AppTest) -> str:
    return " ".join(box.value for kind in (app.info, app.success, app.caption) for box in kind)


@pytest.mark.parametrize(("language", "words"), [("fr", "30 heures en tout"), ("en", "30 hours in all")])
def test_an_empty_canvas_has_a_plan_and_asks_for_nothing(language: str, words: str) -> None:
    """It opens with the hours of a first plan, and says what lacks only when something was written."""
    app = opened(language)
    assert words in messages(app)
    assert canvas(app).is_empty
    assert "Il reste" not in messages(app)


def test_what_is_written_is_kept_while_another_part_is_shown() -> None:
    """A text and hours stand there again when the student comes back, tidied as the canvas holds them."""
    app = opened()
    app.text_area(key="pj-canvas-question").input("  Combien ?\x00 ").run()
    app.number_input(key="pj-canvas-hours-data").set_value(9).run()
    app.segmented_control(key="pj_part").set_value("tracking").run()
    app.segmented_control(key="pj_part").set_value("canvas").run()
    assert not app.exception
    assert (app.text_area(key="pj-canvas-question").value or "").strip() == "Combien ?"
    assert app.number_input(key="pj-canvas-hours-data").value == 9
    assert (canvas(app).question, canvas(app).hours["data"]) == ("Combien ?", 9)


def test_what_is_missing_is_said_and_goes() -> None:
    """A plan of too many hours and a measure without a number are named; put right, they are named no more."""
    app = opened()
    app.text_area(key="pj-canvas-measure").input("La perte doit baisser").run()
    app.number_input(key="pj-canvas-hours-report").set_value(20).run()
    said = messages(app)
    assert "un nombre dans la mesure" in said
    assert f"un plan de {plan.MOST} heures au plus" in said
    app.text_area(key="pj-canvas-measure").input("80 %").run()
    app.number_input(key="pj-canvas-hours-report").set_value(4).run()
    said = messages(app)
    assert "un nombre dans la mesure" not in said
    assert "heures au plus" not in said
    assert "Il reste" in said


def test_experiments_from_elsewhere_stand_in_the_form() -> None:
    """What another part adds before the form is drawn stands in its field, and in the canvas."""

    def script() -> None:
        import streamlit as st

        from components.project import canvas_state
        from core.project.canvas import Link

        if st.button("add", key="add"):
            canvas_state.add_experiments([Link("Gelé", "gpu?gpu_width=64")])
        canvas_state.experiments(st.text_area, label="Experiments")

    app = small_app(script).run()
    app.text_area[0].input("Le mien").run()
    app.button(key="add").click().run()
    assert not app.exception
    assert app.text_area[0].value == "Le mien\nGelé gpu?gpu_width=64"
    app.run()
    assert [link.title for link in canvas(app).experiments] == ["Le mien", "Gelé"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_reason_of_a_refused_file_has_its_words(language: str) -> None:
    """Six reasons, six different sentences, each saying that nothing has changed."""

    def script() -> None:
        import streamlit as st

        from components.project.canvas_state import why
        from core.project.canvas import REASONS

        for reason in REASONS:
            st.write(why(reason))

    app = small_app(script)
    app.query_params["lang"] = language
    app.session_state["language"] = language
    said = [block.value for block in app.run().markdown]
    assert len(set(said)) == len(REASONS)
    words = {"fr": "rien n’a changé", "en": "nothing has changed"}[language]
    assert all(words in one for one in said)
