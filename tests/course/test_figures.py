"""One layout for every chart: the same type, margins and decimal separators on all pages, larger for a class."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components import figures
from components.text_generation.inside import attention_map
from core.files import ROOT
from tests.helpers import STEMS, open_page, small_app

WITH_CHARTS: dict[str, list[dict[str, str]]] = {
    "batch_learning_rate": [{"blr_view": view} for view in ("map", "schedules")],
    "embeddings": [{"emb_part": "inputs"}, {"emb_part": "table"}],
}
"""The pages that must show charts without being asked, and the views of theirs that do; the others may."""


def charts(app: AppTest) -> list[tuple[dict[str, Any], str]]:
    """Return every chart of a page as it is sent to the browser, with its words for who does not see it."""
    found = app.get("plotly_chart")
    return [(json.loads(chart.proto.spec)["layout"], chart.proto.alt) for chart in found]


def test_only_one_file_lays_charts_out() -> None:
    """Type, margins, separators and the colours of Okabe and Ito are written in figures.py and nowhere else."""
    layout = re.compile(r"""["'](font|margin|separators)["']|\bst\.plotly_chart\(""")
    palette = re.compile("#(" + "|".join(colour[1:] for colour in PALETTE) + ")", re.IGNORECASE)
    written = {
        path.name
        for folder in ("components", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if layout.search(text := path.read_text()) or palette.search(text)
    }
    assert written == {"figures.py"}


PALETTE = (figures.BLUE, figures.ORANGE, figures.GREEN, figures.PURPLE, figures.VERMILION)


@pytest.mark.parametrize(("language", "separators"), [("fr", ",\u202f"), ("en", ".,")])
@pytest.mark.parametrize(("projected", "size"), [("false", figures.TYPE), ("true", figures.PROJECTED_TYPE)])
@pytest.mark.parametrize("stem", STEMS)
def test_every_chart_has_the_one_layout(stem: str, projected: str, size: int, language: str, separators: str) -> None:
    """All charts of a page have the type of the room they are seen in, the language's separators, and words."""
    for query in WITH_CHARTS.get(stem, [{}]):
        found = charts(open_page(stem, lang=language, projection=projected, opened="1", **query))
        assert found or stem not in WITH_CHARTS, (stem, query)
        for layout, alt in found:
            assert layout["font"]["size"] == layout["legend"]["font"]["size"] == size, alt
            assert layout["margin"].keys() == {"l", "r", "t", "b"}, alt
            assert layout["separators"] == separators, alt
            assert layout["height"] > 200, alt
            assert alt


def test_a_class_reads_larger_type_than_a_student() -> None:
    """Words, small words, lines and markers all grow; projected words are as large as any chart's ever were."""
    for small in (False, True):
        assert figures.type_size(True, small=small)["size"] >= 1.5 * figures.type_size(False, small=small)["size"]
    assert figures.type_size(True)["size"] >= 22
    assert figures.stroke(2.5, True) > figures.stroke(2.5, False) == 2.5


def test_a_chart_is_sent_as_it_was_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unchecked, as students get it, a chart is the same for the browser as the one that Plotly has taken apart."""
    checked = _spec(one_chart)
    monkeypatch.undo()
    assert figures.AsItIs.__module__ == figures.__name__
    assert _spec(one_chart) == checked
    assert "template" in checked["layout"]  # Streamlit's colours of light and dark


def test_a_chart_that_plotly_does_not_know_is_found() -> None:
    """A property that Plotly's schema lacks is an error wherever a test shows the chart."""
    app = small_app(a_chart_with_a_typing_error).run()
    assert len(app.exception) == 1


@pytest.mark.parametrize(("language", "separators"), [("fr", ",\u202f"), ("en", ".,")])
@pytest.mark.parametrize(("projected", "size"), [(False, figures.TYPE), (True, figures.PROJECTED_TYPE)])
def test_the_attention_map_has_the_one_layout(projected: bool, size: int, language: str, separators: str) -> None:
    """The chart of the text generation page, which is behind a tab, is laid out like all others."""
    layout = attention_map(np.eye(2), ["a", "b"], projected=projected, language=language)["layout"]
    assert layout["font"]["size"] == layout["legend"]["font"]["size"] == size
    assert layout["separators"] == separators
    assert layout["height"] > 200


def one_chart() -> None:
    from components import figures

    trace = {"type": "scatter", "name": "é <b>", "x": [0.0, 1.0, 2.0], "y": [0.5, None, 0.25], "line": {"dash": "dash"}}
    drawn = figures.figure([trace], x=figures.axis("x"), y=figures.log_axis("y"), height=300, projected=False,
                           language="fr", shapes=[{"type": "line", "x0": 1, "x1": 1, "y0": 0, "y1": 1}])  # fmt: skip
    figures.show(drawn, key="chart", alt="a chart")


def a_chart_with_a_typing_error() -> None:
    from components import figures

    trace = {"type": "scatter", "x": [0], "y": [0], "colour": "blue"}
    drawn = figures.figure([trace], x=figures.axis(), y=figures.axis(), height=100, projected=False, language="en")
    figures.show(drawn, key="chart", alt="a chart")


def _spec(page: Callable[[], None]) -> dict[str, Any]:
    app = small_app(page).run()
    assert not app.exception
    spec: dict[str, Any] = json.loads(app.get("plotly_chart")[0].proto.spec)
    return spec
