"""What an update costs, counted; and the same sums in the browser."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch

from core.files import ROOT
from core.gpu.measuring import network
from core.gpu.model import parts
from core.gpu.recorded import CARDS, Line, card, here
from core.gpu.times import processor, ratio, time_of, transfer_of
from core.gpu.work import BATCHES, PRECISIONS, STOPS, WIDTHS, moved_bytes, operations, sent_bytes, sizes, weights
from tests.node import ask

SCRIPT = ROOT / "components" / "gpu" / "times.js"


def test_weights_are_those_of_torchs_network() -> None:
    """Biases included, for every network; and the networks are in the order of their weights."""
    for width in WIDTHS:
        assert weights(width) == sum(held.numel() for held in network(width, "cpu").parameters())
    assert [weights(width) for width in WIDTHS] == sorted(weights(width) for width in WIDTHS)


def test_a_picture_is_sent_as_torch_holds_it() -> None:
    """784 numbers of 32 bits."""
    assert sent_bytes(16) == torch.rand(16, 784).nbytes


def test_bytes_grow_with_the_batch_and_halve_at_sixteen_bits_but_for_the_weights() -> None:
    """The weights' passes stay; the numbers of the batch are in proportion to it, and half as large in BF16."""
    for width in WIDTHS:
        one, two, three = (moved_bytes(width, batch) for batch in (1, 2, 3))
        assert three - two == two - one
        held = one - (two - one)
        assert held == 4 * sum((6 if at else 5) * (i + 1) * o for at, (i, o) in enumerate(pairwise(sizes(width))))
        assert moved_bytes(width, 1, "bf16") - held == (one - held) / 2
        assert moved_bytes(width, 64, "tf32") == moved_bytes(width, 64, "fp32")


def test_what_was_measured_stands_on_the_slider() -> None:
    """Every measured batch is a stop, so that the ruler can stand on it."""
    assert set(BATCHES) <= set(STOPS)
    for name in CARDS:
        for precision in PRECISIONS:
            points = card(name).lines[name, precision].points
            assert {(point.width, point.batch) for point in points} == {(w, b) for w in WIDTHS for b in BATCHES}


def drawn(line: Line, kind: str) -> dict[str, object]:
    from components.gpu.picture import _drawn

    return _drawn(line, kind, line.name)


@pytest.mark.parametrize("precision", PRECISIONS)
def test_the_browser_counts_and_times_as_python_does(precision: str) -> None:
    """Operations, bytes, times, transfers, who is fastest and by how much: equal at every stop of both sliders."""
    cards = card("h100").lines["h100", precision]
    lines = [drawn(line, "processor") for line in here().lines.values()]
    theirs = drawn(cards, "card")
    ones = {"overhead": 0, "bandwidth": 1, "rate": 1}  # a machine whose seconds are bytes and operations
    found = ask(
        SCRIPT,
        """given.widths.flatMap(width => given.stops.map(batch => [
            weightsOf(width),
            partsOf(given.counts, width, batch).arithmetic, partsOf(given.counts, width, batch).memory,
            timeOf(given.card, width, batch), transferOf(given.card, batch), partsOf(given.card, width, batch, 0.5),
            processorOf([...given.lines, given.card], width, batch).seconds,
            ratioOf(given.lines, given.card, { width, batch, transfer: true }),
            ratioOf(given.lines, given.card, { width, batch, transfer: false })]))""",
        {
            "lines": lines,
            "card": theirs,
            "counts": theirs | {"machine": ones},
            "widths": list(WIDTHS),
            "stops": list(STOPS),
        },
    )
    at = iter(found)
    for width in WIDTHS:
        for batch in STOPS:
            told = next(at)
            mine = time_of(cards, width, batch)
            assert mine is not None
            assert cards.machine is not None
            assert told[:3] == [weights(width), operations(width, batch), moved_bytes(width, batch, precision)]
            assert told[3] == {"seconds": pytest.approx(mine.seconds), "kind": mine.kind}
            assert told[4] == pytest.approx(transfer_of(cards, batch))
            assert told[5] == pytest.approx(vars(parts(cards.machine, width, batch, precision, 0.5)))
            assert told[6] == pytest.approx(processor(here(), width, batch)[1])  # type: ignore[index]
            assert told[7] == pytest.approx(ratio(here(), cards, width, batch, transfer=True))
            assert told[8] == pytest.approx(ratio(here(), cards, width, batch, transfer=False))
    assert next(at, None) is None
