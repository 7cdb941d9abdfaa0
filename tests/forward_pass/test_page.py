"""The forward pass through the router."""

from __future__ import annotations

from core.forward_pass.network import (
    Network,
    write_numbers,
)
from tests.helpers import open_page


def test_an_address_opens_its_numbers_and_a_foreign_one_the_first() -> None:
    """The link is the experiment: a list in the address is taken whole, and nothing of a list that is not one."""
    app = open_page("forward_pass", fp_step="bias", fp_b="1,2,-3", fp_w="1,2")
    assert not app.exception
    assert app.session_state["fp_b"] == "1,2,-3"
    assert app.session_state["fp_step"] == "bias"
    assert app.session_state["fp_w"] == write_numbers(Network().w)
