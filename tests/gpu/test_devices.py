"""Tensors on two devices: what is shown is what ran, the repair repairs, CUDA's words are those of a card."""

from __future__ import annotations

import pytest

from core.gpu.devices import CASES, HEAD, REPAIRS, provoke, provoked, recorded, said
from core.gpu.recorded import CARDS
from tests.helpers import execute


def test_each_mistake_is_one_on_two_devices_only() -> None:
    """On one device alone, the processor, the same five pieces of code end well: the device is the mistake."""
    _device, words = provoke("cpu")
    assert words == dict.fromkeys(CASES, "")


@pytest.mark.parametrize("case", CASES)
def test_the_repair_repairs(case: str) -> None:
    """With its last line, or for the generator its first, replaced by the repair, the code ends well on meta.

    NumPy cannot be given numbers that are not there: its repair is tried on the processor.
    """
    lines = CASES[case].strip().splitlines()
    repaired = [REPAIRS[case], *lines[1:]] if case == "generator" else [*lines[:-1], REPAIRS[case]]
    device = "cpu" if case in {"numpy", "generator"} else "meta"
    assert said(f"{HEAD}device = {device!r}\n" + "\n".join(repaired)) == ""


def test_a_worker_says_what_torch_says_here(cluster: None) -> None:
    """What the page shows was said by torch on a worker, at one run for all students."""
    provoked.cache_clear()
    device, words = provoked()
    assert (device, dict(words)) == provoke(device)
    assert provoked() is provoked()


@pytest.mark.parametrize("case", CASES)
def test_both_cards_said_the_same(case: str) -> None:
    """The recorded words of the two cards are equal, and name cuda or CUDA."""
    assert len({recorded(case, name) for name in CARDS}) == 1
    assert "cuda" in recorded(case, CARDS[0]).lower()


def test_shown_code_needs_nothing_but_its_head() -> None:
    """Each case runs as shown, after the three imports and the line that names the device."""
    for code in CASES.values():
        execute(f"{HEAD}device = 'cpu'\n{code}")
