"""Learning curves: where values stand, what is written beside the axes, what a pointer and the arrows read."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import Page, expect

from components.curves import Axis, Curve, chart, measure_axis
from core.files import ROOT
from tests.in_browser import settled
from tests.node import ask

SCALES = ROOT / "components" / "in_browser" / "scales.js"
PINNED = "/batch_learning_rate?blr_rate=0.1&blr_batch=16&lang=en"


def test_heights_are_those_of_the_logarithm_and_zero_stands_at_the_bottom() -> None:
    """Against Python's own logarithm."""
    given = {"axis": {"scale": "log", "low": 1e-3, "high": 1.0}, "values": [0, 1e-3, 0.02, 1]}
    found = ask(SCALES, "given.values.map((value) => heightOf(given.axis, value))", given)
    expected = [0, 0, math.log(0.02 / 1e-3) / math.log(1e3), 1]
    assert found == pytest.approx(expected, abs=1e-12)


def test_words_beside_close_lines_are_moved_apart_in_their_order() -> None:
    """At least so far from each other; what has room stays where it is."""
    heights = [50.0, 10.0, 52.0, 51.0, 200.0]
    found = ask(SCALES, "apart(given, 12)", heights)
    assert found == [50, 10, 74, 62, 200]


@pytest.mark.parametrize(
    ("low", "high", "scale", "ticks"),
    [
        (-2, 102, "linear", [0, 25, 50, 75, 100]),
        (-24, 1224, "linear", [0, 250, 500, 750, 1000]),
        (0, 0.9, "linear", [0, 0.2, 0.4, 0.6, 0.8]),
        (8e-3, 12.6, "log", [0.01, 0.1, 1, 10]),
        (0.3, 2.5, "log", [0.5, 1, 2]),
    ],
)
def test_ticks_are_round_and_inside(low: float, high: float, scale: str, ticks: list[float]) -> None:
    """Every power of ten of a long logarithmic axis, 2 and 5 times it on a short one, round steps on a linear one."""
    found = ask(SCALES, "ticksOf(given, 5)", {"low": low, "high": high, "scale": scale})
    assert found == pytest.approx(ticks)


def test_what_is_no_number_breaks_the_line_and_leaves_the_axis_alone() -> None:
    """NaN and infinity are sent as nothing; a log axis ignores zero too; without any value there is still an axis."""
    values = [0.5, math.nan, math.inf, 0.0]
    drawn = chart([Curve("train", "train", [1, 2, 3, 4], values)], x=Axis("updates", 0, 4), y=Axis("loss", 0, 1))
    assert drawn["curves"][0]["y"] == [0.5, None, None, 0.0]
    axis = measure_axis("loss", values, log=True)
    assert axis.low == pytest.approx(0.5 * 10**-0.1)
    assert axis.high == pytest.approx(0.5 * 10**0.1)
    assert measure_axis("loss", [], log=True).low > 0
    assert measure_axis("loss", [], log=False).high == pytest.approx(1, abs=1e-3)


def test_a_pointer_and_the_arrows_read_the_same_values(page: Page, url: str) -> None:
    """At the last place the legend has the value that the page says in words; left of it, an earlier and higher one."""
    page.goto(url + PINNED)
    settled(page)
    holder = page.locator(".st-key-blr-curves")
    plot = holder.get_by_role("slider")
    said = holder.locator(".entry.validation:not(.faded) b")
    expect(said).to_have_text("")
    plot.press("End")
    expect(said).not_to_have_text("")
    last = said.inner_text()
    assert f"validation {last}" in (plot.get_attribute("aria-valuetext") or "")
    told = re.search(r"validation loss ([\d.]+)", plot.get_attribute("aria-label") or "")
    assert told is not None
    assert float(told[1]) == pytest.approx(float(last), rel=0.005)
    plot.press("Home")
    first = said.inner_text()
    assert float(first) > float(last)
    box = plot.bounding_box()
    assert box is not None
    plot.hover(position={"x": box["width"] - 16, "y": box["height"] / 2})
    expect(said).to_have_text(last)
    page.mouse.move(0, 0)
    expect(said).to_have_text("")
