"""The text generation page through the router, with a real worker."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from core.files import ROOT
from tests.helpers import open_page, until


def settled_page(**query: str) -> AppTest:
    app = open_page("text_generation", opened="1", **query)
    return wait_for_picture(app)


def wait_for_picture(app: AppTest) -> AppTest:
    def ready() -> bool:
        app.run()
        return app.session_state["tg: text"]["picture"] is not None

    until(ready, 20)
    assert not app.exception
    return app


def test_the_page_writes_steps_and_undoes() -> None:
    """The same link writes the same text; undo takes one token back; a step writes it again."""
    texts = []
    for _ in range(2):
        app = settled_page(tg_seed="4", tg_length="40", tg_temperature="0.8")
        app.button(key="tg-run").click().run()
        app = wait_for_picture(app)
        texts.append([step["token"] for step in app.session_state["tg: text"]["steps"]])
    assert texts[0] == texts[1]
    assert len(texts[0]) == 40
    app.button(key="tg-undo").click().run()
    app = wait_for_picture(app)
    assert len(app.session_state["tg: text"]["steps"]) == 39
    app.button(key="tg-step").click().run()
    app = wait_for_picture(app)
    assert [step["token"] for step in app.session_state["tg: text"]["steps"]] == texts[0]


def test_what_a_student_types_is_shown_literally() -> None:
    """No component writes markup: neither script uses innerHTML, and no page passes unsafe HTML."""
    sources = [path for kind in ("py", "js") for path in (ROOT / "components").rglob(f"*.{kind}")]
    assert len(sources) > 40
    for path in sources:
        source = path.read_text()
        assert "innerHTML" not in source, path
        assert "unsafe_allow_html" not in source, path
