"""Measuring a machine: every line within its time, a card's path too, one core, and a process that ends by itself."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import torch

from core.files import ROOT
from core.gpu import measuring
from core.gpu.measuring import LONGEST_STEP, MODULE, MOST_SECONDS, measure
from core.gpu.recorded import FOLDER, HERE, measured_of
from core.gpu.work import BATCHES, COURSE, WIDTHS
from core.measurement import child


def told(process: subprocess.Popen[str], most: int) -> list[dict[str, Any]]:
    """Return the first lines that a process prints."""
    assert process.stdout is not None
    return [json.loads(process.stdout.readline()) for _ in range(most)]


def test_the_process_tells_what_comes_then_each_point_small_batches_first() -> None:
    """The first line names the lines and counts their points; then come batches of 1 on every network, one thread."""
    with child(MODULE, MOST_SECONDS) as process:
        head, *rows = told(process, 1 + len(WIDTHS))
        process.kill()
    lines = ["one", "all"] if len(os.sched_getaffinity(0)) > 1 else ["one"]
    assert head == {"lines": lines, "points": len(lines) * len(WIDTHS) * len(BATCHES)}
    assert [row["width"] for row in rows] == list(WIDTHS)
    assert {(row["line"], row["batch"]) for row in rows} == {("one", 1)}
    assert all(0 < row["seconds"] < 10 for row in rows)


def test_a_machine_with_one_core_has_one_line() -> None:
    """One thread is all there is: nothing is measured twice under two names."""
    one = {next(iter(os.sched_getaffinity(0)))}
    command = [sys.executable, "-c", "from core.gpu.measuring import measure\nmeasure(print, seconds=0.3)"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, preexec_fn=lambda: os.sched_setaffinity(0, one)
    )
    assert "'lines': ['one']" in done.stdout
    assert "'line': 'all'" not in done.stdout


def test_the_process_ends_when_nobody_listens() -> None:
    """Whoever asked is gone, its worker killed: at its next point the process ends by itself."""
    process = child(MODULE, MOST_SECONDS)
    told(process, 2)
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(60) != 0


@pytest.fixture
def three_threads() -> Iterator[None]:
    """Let torch have as many threads as no line ends with."""
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("three_threads")
def test_a_card_is_measured_with_its_transfers_and_the_threads_are_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The path of a card, on "meta", a device that computes nothing: every point, with its transfer; threads as before.

    All points of a few small networks, none of which takes too long, however slow the machine.
    """
    few = {"WIDTHS": (16, COURSE), "BATCHES": (1, 4, 16), "SECONDS_EACH": 0.0, "LONGEST_STEP": math.inf}
    for name, value in few.items():
        monkeypatch.setattr(measuring, name, value)
    heard: list[dict[str, Any]] = []
    found = measure(heard.append, devices=["meta"], seconds=math.inf)
    assert torch.get_num_threads() == 3
    head, *rows = heard
    assert rows == found["rows"]
    assert len(rows) == head["points"]
    assert head["lines"][-1] == "meta"
    card = [row for row in rows if row["line"] == "meta"]
    assert [(row["batch"], row["width"]) for row in card] == list(product((1, 4, 16), (16, COURSE)))
    assert all(row["transfer"] > 0 and row["precision"] == "fp32" for row in card)
    assert found["cards"] == {"meta": "META"}
    assert measured_of(found).lines["meta", "fp32"].transfers.keys() == {1, 4, 16}


def test_without_any_time_each_line_has_its_first_point() -> None:
    """The one point that is begun may end, and no line is left out; after each it is told that no more will come."""
    heard: list[dict[str, Any]] = []
    found = measure(heard.append, devices=[], seconds=0.0)
    lines = ["one", "all"] if len(os.sched_getaffinity(0)) > 1 else ["one"]
    assert [(row["line"], row["width"], row["batch"]) for row in found["rows"]] == [(line, 16, 1) for line in lines]
    each = len(WIDTHS) * len(BATCHES)
    to_come = [done + each * (len(lines) - done) for done in range(len(lines) + 1)]
    assert [said["points"] for said in heard if "points" in said] == to_come


def test_a_point_that_will_take_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the points before say that a step takes longer than allowed, it is not begun, nor waited for."""
    monkeypatch.setattr(measuring, "LONGEST_STEP", 0.001)
    monkeypatch.setattr(measuring, "SECONDS_EACH", 0.0)
    heard: list[dict[str, Any]] = []
    found = measure(heard.append, devices=[], seconds=math.inf)
    measured = {(row["width"], row["batch"]) for row in found["rows"]}
    assert (16, 1) in measured
    assert (4096, BATCHES[-1]) not in measured
    assert [said["points"] for said in heard if "points" in said][-1] == len(found["rows"])
    assert LONGEST_STEP == 0.25


def test_what_is_shipped_says_where_it_comes_from() -> None:
    """The recorded machine and both cards name their date, their machine, their versions; the cards their driver."""
    machine = json.loads(HERE.read_text(encoding="utf-8"))
    assert {"date", "machine", "versions", "threads", "busy", "rows"} <= set(machine)
    for name in ("h100", "h200"):
        found = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        assert name.upper() in found["gpu"]["name"]
        assert found["date"].startswith("2026-")
        assert found["gpu"]["smi"].split(", ")[1]
