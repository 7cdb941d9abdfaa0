"""Measure the steps of one machine: with one thread, with all, and on its CUDA or MPS card if it has one.

It is run as a process of its own, by `core.measurement`, with threads that wait asleep: on a machine that does other
things meanwhile, threads that wait awake hold up those they wait for: steps of 0.3 ms took 100.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from core import measurement
from core.gpu.work import BATCHES, COURSE, PRECISIONS, WIDTHS, operations, sizes
from core.measurement import Row

if TYPE_CHECKING:
    from torch import Tensor, nn

MODULE = "core.gpu.measuring"
"""This one, as a process of its own runs it."""
SECONDS_EACH = 0.05
"""That a point is measured for; short steps are repeated meanwhile, and the fastest counts."""
FEWEST, MOST = 3, 200
"""Times that a step is repeated."""
LONGEST_STEP = 0.25
"""Seconds: a step that the one before says will take longer is not measured; the model tells of it."""
MOST_SECONDS = 40.0
"""For all lines together; what was not reached by then is left out."""

Say = Callable[[Row], None]
Planned = tuple[str, str, str, int]
"""A line: its name, the device, the precision and the threads."""


def measure(say: Say, *, devices: list[str] | None = None, seconds: float = MOST_SECONDS) -> Row:
    """Measure every line of this machine; return when and where, and its rows.

    Args:
        say: hears what will come ({"lines": […], "points": …}), of every row as soon as it is measured, and after each
            line that left some points out how many will come in all.
        devices: cards to measure beside the processor; those that there are, unless given.
        seconds: to stop after.
    """
    import psutil
    import torch

    from core.runs.run import origin_here

    busy = psutil.cpu_percent(interval=0.5) / 100
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    threads = {"one": 1} | ({"all": cores} if cores > 1 else {})
    cards = found_devices() if devices is None else devices
    plan = [(name, "cpu", "fp32", count) for name, count in threads.items()]
    plan += [
        (card, card, precision, 1) for card in cards for precision in (PRECISIONS if card == "cuda" else ("fp32",))
    ]
    say({"lines": [*threads, *cards], "points": len(WIDTHS) * len(BATCHES) * len(plan)})
    before = torch.get_num_threads()
    try:
        rows = _lines(plan, say, seconds)
    finally:
        torch.set_num_threads(before)
    origin = origin_here()
    return {
        "date": origin.date,
        "machine": origin.machine,
        "versions": origin.versions,
        "threads": cores,
        "busy": round(busy, 2),
        "cards": {card: card_name(card) for card in cards},
        "rows": rows,
        "known": {card: known_of(card) for card in cards if card == "cuda"},
    }


def _lines(plan: Sequence[Planned], say: Say, seconds: float) -> list[Row]:
    """Return the rows of all lines; what a line leaves of its share of the time, the next ones have."""
    import torch

    rows: list[Row] = []
    begun, each = time.perf_counter(), len(WIDTHS) * len(BATCHES)
    for at, (name, device, precision, threads) in enumerate(plan, 1):
        torch.set_num_threads(threads)
        before = len(rows)
        for row in _line(name, device, precision, begun + at * seconds / len(plan)):
            rows.append(row)
            say(row)
        if len(rows) - before < each:
            say({"points": len(rows) + each * (len(plan) - at)})
    return rows


def found_devices() -> list[str]:
    """Return the cards of this machine that torch can use."""
    import torch

    found = ["cuda"] if torch.cuda.is_available() else []
    return found + (["mps"] if torch.backends.mps.is_available() else [])


def card_name(device: str) -> str:
    """Return a card's own name."""
    import torch

    return str(torch.cuda.get_device_name(0)) if device == "cuda" else device.upper()


def _line(line: str, device: str, precision: str, end: float) -> Iterator[Row]:
    """Yield the rows of one line, the small batches of all networks first: whoever is stopped early has a bit of all.

    Args:
        line: its name.
        device: where it computes.
        precision: of its products.
        end: when to stop, by `time.perf_counter`; one point is measured even then, so that no line is missing.
    """
    import torch

    rate = 0.0  # operations a second of the fastest step so far
    torch.manual_seed(1)
    with _in(precision) as dtype:
        networks = {width: network(width, device) for width in WIDTHS}
        for batch in BATCHES:
            for width, model in networks.items():
                if rate and time.perf_counter() > end:
                    return
                if rate and operations(width, batch) / rate > LONGEST_STEP:
                    continue
                row = {"line": line, "precision": precision, "width": width, "batch": batch}
                row |= timed_step(model, batch, device, dtype)
                rate = max(rate, operations(width, batch) / row["seconds"])
                yield row


def network(width: int, device: str) -> nn.Sequential:
    """Build 784 → width → width → 10 with ReLU between, or the course's own network."""
    from torch import nn

    built: list[nn.Module] = []
    for fan_in, fan_out in pairwise(sizes(width)):
        built += [nn.Linear(fan_in, fan_out), nn.ReLU()]
    return nn.Sequential(*built[:-1]).to(device)


def timed_step(model: nn.Sequential, batch: int, device: str, dtype: Any) -> Row:
    """Return the seconds of the fastest step, and on a card those of sending the batch to it."""
    import torch

    here = torch.rand(batch, sizes(COURSE)[0]), torch.randint(0, 10, (batch,))
    there = tuple(part.to(device) for part in here)
    work = step(model, device, dtype)
    found = {"seconds": fastest(lambda: work(*there), device)}
    if device != "cpu":
        found["transfer"] = fastest(lambda: here[0].to(device), device)
    return found


def step(model: nn.Sequential, device: str, dtype: Any) -> Callable[[Tensor, Tensor], Tensor]:
    """Return one step of training: forward, loss, backward, update by plain SGD."""
    import torch
    import torch.nn.functional as F

    held: list[Tensor] = list(model.parameters())
    lower = dtype is not torch.float32

    def work(x: Tensor, y: Tensor) -> Tensor:
        with torch.autocast(device if lower else "cpu", dtype if lower else torch.bfloat16, enabled=lower):
            loss = F.cross_entropy(model(x), y)
        gradients = torch.autograd.grad(loss, held)
        with torch.no_grad():
            torch._foreach_add_(held, gradients, alpha=-1e-6)
        return loss

    return work


def fastest(work: Callable[[], Any], device: str) -> float:
    """Return the seconds of the fastest of several calls, each waited for: the others were disturbed by something."""
    work()
    _wait_for(device)
    found: list[float] = []
    start = time.perf_counter()
    while len(found) < FEWEST or (time.perf_counter() - start < SECONDS_EACH and len(found) < MOST):
        begun = time.perf_counter()
        work()
        _wait_for(device)
        found.append(time.perf_counter() - begun)
    return float(f"{min(found):.4g}")


def known_of(device: str) -> dict[str, Any]:
    """Return what copies and products say of a card: bytes a second, and operations a second for each precision."""
    import torch

    one = torch.empty(2**28, dtype=torch.uint8, device=device)
    other = torch.empty_like(one)
    bandwidth = 2 * one.numel() / fastest(lambda: other.copy_(one), device)
    rates = {}
    for precision in PRECISIONS:
        with _in(precision) as dtype:
            a = torch.rand(4096, 4096, device=device).to(dtype)
            rates[precision] = 2 * 4096**3 / fastest(partial(torch.mm, a, a), device)
    return {"bandwidth": bandwidth, "rates": rates}


class _in:
    """Let products be computed in a precision within this block; give the type of their numbers."""

    def __init__(self, precision: str) -> None:
        self.precision = precision

    def __enter__(self) -> Any:
        import torch

        self.before = torch.backends.cuda.matmul.allow_tf32
        torch.backends.cuda.matmul.allow_tf32 = self.precision == "tf32"
        return torch.bfloat16 if self.precision == "bf16" else torch.float32

    def __exit__(self, *_: object) -> None:
        import torch

        torch.backends.cuda.matmul.allow_tf32 = self.before


def _wait_for(device: str) -> None:
    """Wait for the end of all that a card was given: it is told, and goes on by itself."""
    import torch

    if device == "cuda":
        torch.cuda.synchronize()
    elif device == "mps":
        torch.mps.synchronize()


if __name__ == "__main__":
    measurement.say(measure(measurement.say, seconds=float(sys.argv[1])))
