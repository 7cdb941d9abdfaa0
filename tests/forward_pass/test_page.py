"""The forward pass through the router."""

from __future__ import annotations

import pytest

from core.forward_pass import three_ways
from core.forward_pass.network import Network, forward, write_numbers
from core.lessons import load
from tests.helpers import open_page

PARTS = ("by-hand", "plane", "digit", "three-ways")
"""The lower parts of the page."""


def test_an_address_opens_its_numbers_and_a_foreign_one_the_first() -> None:
    """The link is the experiment: a list in the address is taken whole, and nothing of a list that is not one."""
    app = open_page("forward_pass", fp_step="bias", fp_b="1,2,-3", fp_w="1,2")
    assert not app.exception
    assert app.session_state["fp_b"] == "1,2,-3"
    assert app.session_state["fp_step"] == "bias"
    assert app.session_state["fp_w"] == write_numbers(Network().w)


def shown(*hidden: str) -> tuple[set[str], str]:
    """Return the headings of the page that a link opens, and all that it sends to the browser."""
    app = open_page("forward_pass", hide=",".join(hidden), opened="1")
    assert not app.exception
    drawn = " ".join(str(each.proto) for kind in ("bidi_component", "button", "text_input") for each in app.get(kind))
    return {heading.value for heading in app.subheader}, drawn


@pytest.mark.parametrize("part", PARTS)
def test_a_link_leaves_out_a_lower_part_with_its_heading(part: str) -> None:
    """The others stay, each under its heading."""
    lesson = load("forward_pass", "fr")
    headings = {name: lesson.section(f"text-{name}").heading for name in PARTS}
    found, _drawn = shown(f"forward_pass-{part}")
    assert found & set(headings.values()) == {heading for name, heading in headings.items() if name != part}


def test_all_that_the_picture_and_the_parts_offer_is_gone_when_hidden() -> None:
    """No component, field or button of a hidden part is sent; the picture is told what it leaves out."""
    _headings, before = shown()
    _headings, after = shown("fp_step", "fp_activation", *(f"forward_pass-{part}" for part in PARTS))
    for name in ("fp-by-hand", "fp-plane", "fp-digit", "fp-three-ways"):
        assert name in before
        assert name not in after
    assert '\\"hidden\\": [\\"fp_step\\", \\"fp_activation\\"]' in after


def test_answers_to_other_numbers_say_so() -> None:
    """The four ways keep what they computed: once the picture has other numbers, the page no longer calls it theirs."""
    network = Network(step="bias")
    answers = {way: forward(network)["z"][:, 0].tolist() for way in three_ways.WAYS}
    timed = [{"rows": 3, "columns": 4, "seconds": dict.fromkeys(three_ways.WAYS, 1e-6), "difference": 0.0}]
    app = open_page("forward_pass", fp_step="bias", opened="1")
    app.session_state["fp: three ways, times"] = (answers, timed)
    told = "Les nombres du dessin ont changé"
    assert not [each for each in app.run().caption if told in str(each.value)]
    app.session_state["fp_b"] = "1,1,1"
    assert [each for each in app.run().caption if told in str(each.value)]
