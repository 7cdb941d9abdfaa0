"""A class on the server: cold, warm, while others train, against the stock app; and memory after a long day."""

from __future__ import annotations

import asyncio
import random
import statistics
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from dask.system import CPU_COUNT

from core.course import concepts
from tests.benchmarks.classroom import Found, Student, attend, every_page, moving, p95, run
from tests.benchmarks.shared import Results, milliseconds, ratio, server, stock_server
from tests.in_browser import start_server, stop_server

BARS = {
    "class_cold_errors": ("<=", 0.0),
    "class_cold_first_page_vs_alone": ("<=", 6.0),
    "class_move_vs_stock": ("<=", 1.0),
    "class_move_training_vs_alone": ("<=", 6.0),
    "soak_memory_ratio": ("<=", 1.2),
}
STEMS = ["", *(concept.stem for concept in concepts())]
TRAIN, SLIDER = "train_val_test", "tvt_epochs"
EVERY, MOVES = 5.0, 6
"""Seconds between two moves of a student, and moves of each."""
READING = 5.0
"""Seconds on a page before the next one."""
RERUNS, SESSIONS, RUNS = 2_000, 200, 100


def class_cold() -> Results:
    """Two classes, each on a server started that second, where every student opens every page in turn.

    The first, 30 over 10 s, hurries, each student from another page on: every page is the first one for somebody. The
    second, 100 over 30 s, follows the teacher's link to the train page and reads; then it is opened by one at a time.
    """
    with server() as url:
        hurried = run(attend(url, 30, 10, every_page(STEMS)))
    with server() as url:
        many = run(attend(url, 100, 30, every_page(STEMS, TRAIN, reading=READING)))
        alone = run(attend(url, 15, 30, every_page(STEMS, TRAIN, most=1)))
    faults = [*hurried.faults, *hurried.cut, *many.faults, *many.cut]
    for fault in sorted(set(faults))[:5]:
        print(fault)
    first = p95(many.first)
    return {
        "class_cold_errors": {"value": float(len(faults)), "unit": ""},
        "class_cold_first_page_vs_alone": ratio(first / statistics.median(alone.first)),
        "class_cold_first_page_ms": milliseconds(1_000 * first),
    }


def class_move() -> Results:
    """p95 of 100 students who each move a slider every 5 s on the train page ÷ the same 100 on the stock app.

    Twice in turns; of each, the round less disturbed by the rest of the machine.
    """
    with server() as url, stock_server() as stock:
        rounds = [(_moves(url, 100, TRAIN, SLIDER), _moves(stock, 100, "", "height")) for _ in range(2)]
    ours, theirs = (min(column) for column in zip(*rounds, strict=True))
    return {"class_move_vs_stock": ratio(ours / theirs), "class_move_ms": milliseconds(1_000 * ours),
            "stock_class_move_ms": milliseconds(1_000 * theirs)}  # fmt: skip


def class_move_training() -> Results:
    """p95 of 30 students' moves while as many trainings run as there are cores ÷ one student's, none running."""
    with server() as url:
        alone = _moves(url, 1, TRAIN, SLIDER)
        busy = run(_while_training(url))
    return {"class_move_training_vs_alone": ratio(busy / alone), "class_move_training_ms": milliseconds(1_000 * busy)}


def soak() -> Results:
    """Resident memory of the web process after 2,000 reruns, 200 sessions, 100 runs ÷ after a tenth of them."""
    with TemporaryDirectory() as folder:
        url, process = start_server(Path(folder))
        try:
            resident = run(_soak(url, psutil.Process(process.pid)))
        finally:
            stop_server(process)
    return {"soak_memory_ratio": ratio(resident[-1] / resident[0]),
            "soak_memory_mb": {"value": resident[-1] / 2**20, "unit": "MB"}}  # fmt: skip


def _moves(url: str, students: int, path: str, slider: str) -> float:
    """Return the p95 of the moves of some students, in seconds; an error among them is no figure.

    Raises:
        RuntimeError: a page showed an exception, or a connection was cut.
    """
    query = "opened=1" if path else ""
    moves = MOVES if students > 1 else 5 * MOVES
    return _p95(run(attend(url, students, EVERY, moving(path, query, slider, moves=moves, every=EVERY))))


def _p95(found: Found) -> float:
    if found.errors:
        raise RuntimeError(f"{found.errors} errors: {[*found.faults, *found.cut][:2]}")
    return p95(found.moves)


async def _while_training(url: str) -> float:
    """Return the p95 of 30 students' moves while others look on as their networks train."""
    async with AsyncExitStack() as tabs, asyncio.timeout(600):
        trainers = [await tabs.enter_async_context(Student(url)) for _ in range(CPU_COUNT)]
        for number, trainer in enumerate(trainers):
            await trainer.open(TRAIN, f"tvt_model=cnn&tvt_epochs=100&tvt_seed={number + 100}")
            await trainer.press("tvt-start")
        looking = [asyncio.create_task(trainer.look_on(600)) for trainer in trainers]
        while not all(trainer.progress > 0 for trainer in trainers):
            await asyncio.sleep(0.2)
        found = await attend(url, 30, EVERY, moving(TRAIN, "opened=1", SLIDER, moves=MOVES, every=EVERY))
        if not all(trainer.repeats for trainer in trainers):
            raise RuntimeError("a training ended before the class did")
        for task in looking:
            task.cancel()
    return _p95(found)


async def _soak(url: str, server_process: psutil.Process) -> list[int]:
    """Return the resident memory, in bytes, after each tenth of the sessions."""
    resident = []
    per_tenth, at_once = SESSIONS // 10, 4
    for tenth in range(10):
        sessions = iter(range(tenth * per_tenth, (tenth + 1) * per_tenth))
        async with asyncio.TaskGroup() as tabs:
            for _ in range(at_once):
                tabs.create_task(_sessions(url, sessions))
        await asyncio.sleep(5)  # what closed tabs held is collected after three seconds
        resident.append(server_process.memory_info().rss)
    return resident


async def _sessions(url: str, numbers: Iterator[int]) -> None:
    """Open and close tabs one after the other: ten reruns each on another page, and a run in every second one."""
    reruns = RERUNS // SESSIONS
    for number in numbers:
        async with Student(url) as student:
            if number % (SESSIONS // RUNS) == 0:
                await student.open(TRAIN, f"tvt_examples=100&tvt_epochs=1&tvt_seed={number + 1}")
                await student.press("tvt-start")
                while student.repeats:
                    await student.look_on(0.5)
                await student.wander(reruns - 2, random.Random(number))
            else:
                stem = STEMS[number // 2 % len(STEMS)]
                await student.open(stem)
                await student.skip_prediction(stem)
                await student.wander(reruns - 2, random.Random(number))
            if student.faults:
                raise RuntimeError(student.faults[0])


BENCHES = (class_cold, class_move, class_move_training, soak)
