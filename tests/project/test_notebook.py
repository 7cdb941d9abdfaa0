"""The notebook on the page of the project: what is chosen is compared, what is asked for is written."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

import pytest
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from components.language import LANGUAGES
from components.notebook.keep import CHOSEN
from components.project.notebook import MOST_COMPARED, examples, titles
from core.course import concepts
from core.notebook.experiment import Experiment
from tests.helpers import open_page, small_app
from tests.notebook.rows import row
from tests.notebook.test_compare import two_groups
from tests.notebook.test_report import HOSTILE, Page
from tests.project.record_examples import LINKS
from tests.project.record_examples import examples as kept_now


def opened(lang: str, rows: list[Experiment]) -> AppTest:
    """Open the page where these experiments are chosen."""
    app = open_page("project", lang=lang, pj_part="notebook")
    assert not app.exception
    app.session_state[CHOSEN] = ("mine", rows)
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def sent(app: AppTest, key: str) -> dict[str, Any]:
    """Return what a component is given."""
    (found,) = [each.proto.json for each in app.get("bidi_component") if f"-{key}" in each.proto.id]
    data: dict[str, Any] = json.loads(found)
    return data


@pytest.mark.parametrize(("lang", "said"), [("fr", "Très probablement réelle"), ("en", "Very probably real")])
def test_what_is_chosen_is_compared(lang: str, said: str) -> None:
    """Two settings over three seeds: what differs, their curves in two groups, and the verdict, in the page's words."""
    app = opened(lang, two_groups())
    assert any(said in each.value for each in app.markdown)
    (drawing,) = sent(app, "pj-overlay")["drawings"]
    assert [each["label"] for each in drawing["keys"]] == ["A = 1, 3, 5", "B = 2, 4, 6"]
    assert list(app.table[0].value.iloc[:, 0]) == ["**Batch size**", "**Seed**"]


def test_one_row_or_none_is_compared_with_nothing() -> None:
    """The comparison comes with the second row; the page opens empty."""
    app = opened("fr", [row()])
    assert not app.table
    assert sent(app, "pj-notebook")["chosen"]["ids"] == [row().id]


def test_markup_of_a_strangers_row_is_text() -> None:
    """No sign of Markdown in a label, a value or a unit does anything on the page."""
    app = opened("en", [HOSTILE, row()])
    cells = [str(cell) for each in app.table for cell in each.value.to_numpy().flat]
    reader = MarkdownIt("commonmark", {"html": True})
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    pages = [Page(reader.render(text)) for text in [*(each.value for each in app.markdown), *cells] if "alert" in text]
    assert len(pages) > 3
    for page in pages:
        assert set(page.tags) <= {"p", "strong", "ul", "li"}
        assert "<script>alert(1)</script>" in "".join(page.words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_are_what_the_pages_keep_today(lang: str) -> None:
    """The shipped rows are recorded runs as their pages keep them: the same settings, labels, figures and curves."""
    shipped = examples(lang)
    assert len(shipped) == len(LINKS)
    assert list(islice(kept_now(lang), 2)) == shipped[:2]
    assert {each.stem for each in shipped} <= set(titles(lang))


def test_every_page_has_a_title_for_the_notebook() -> None:
    """Those of the course, in both languages, each with the parts that keep rows of their own."""
    for lang in LANGUAGES:
        assert list(titles(lang)) == [concept.stem for concept in concepts()]
        assert "runs" in titles(lang)["batch_learning_rate"][1]
        assert {"tuning", "aligning"} <= set(titles(lang)["three_phases"][1])


def asking() -> None:
    """Ask for a file as the browser does, then show the page's part."""
    import streamlit as st

    from components.project import notebook

    st.session_state[notebook.COMPONENT] = st.session_state.get("told", {})
    notebook._report()
    notebook._choose()
    st.session_state["answer"] = st.session_state.get("project: file that was asked for")
    st.session_state["reached"] = notebook.has_report()


def asked(told: dict[str, Any]) -> AppTest:
    """Return a session to which a browser has told this."""
    app = small_app(asking)
    app.session_state["told"] = told
    app.run()
    assert not app.exception, app.exception[0].message
    return app


ROWS = [each.to_json() for each in two_groups()]


@pytest.mark.parametrize(
    ("kind", "name", "begins"),
    [("html", "curseurs-report.html", "<!doctype html>"), ("markdown", "curseurs-report.md", "# "),
     ("csv", "curseurs-report.csv", "\ufeffpage,part,"), ("notebook", "curseurs-report.ipynb", "{")],
)  # fmt: skip
def test_a_report_is_written_for_who_asks(kind: str, name: str, begins: str) -> None:
    """Each kind, once, with its name and its number; the mission is reached by a verdict on three of one's own."""
    told = {
        "number": 7,
        "kind": kind,
        "source": "mine",
        "rows": ROWS,
        "written": "2026-11-28T15:00:00",
        "base": "http://a",
    }
    app = asked({"asked": told})
    answer = app.session_state["answer"]
    assert (answer["number"], answer["name"]) == (7, name)
    assert answer["text"].startswith(begins)
    assert app.session_state["reached"] == (kind != "csv")


@pytest.mark.parametrize(
    "told", [{"rows": ROWS[:2]}, {"source": "examples"}, {"source": "theirs"}, {"rows": ROWS[::2]}]
)
def test_the_mission_wants_three_of_ones_own_and_a_verdict(told: dict[str, Any]) -> None:
    """Two rows, the examples, somebody else's file, one setting alone: a report, but no mission."""
    told = {"number": 7, "kind": "html", "source": "mine", "rows": ROWS} | told
    app = asked({"asked": told})
    assert app.session_state["answer"]
    assert not app.session_state["reached"]


NONSENSE: list[Any] = [
    None, 7, [], {}, {"kind": "html"}, {"number": 1, "kind": "pdf", "rows": ROWS},
    {"number": "x", "kind": "html", "rows": ROWS},
    {"number": 1, "kind": "html", "rows": "x"}, {"number": 1, "kind": "html", "rows": [7, None, {}]},
    {"number": 1, "kind": ["html"], "rows": ROWS},
]  # fmt: skip


@pytest.mark.parametrize("told", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_from_a_browser_writes_nothing(told: Any) -> None:
    """Whatever is told, nothing fails and no file comes."""
    app = asked({"asked": told, "chosen": told})
    assert app.session_state["answer"] is None
    assert len(app.session_state[CHOSEN][1]) <= MOST_COMPARED


def test_no_more_rows_are_taken_than_are_compared() -> None:
    """A thousand chosen rows are twenty-four here, whatever the browser sends."""
    app = asked({"chosen": {"source": "elsewhere", "rows": [row(at).to_json() for at in range(1, 200)]}})
    source, rows = app.session_state[CHOSEN]
    assert (source, len(rows)) == ("mine", MOST_COMPARED)
