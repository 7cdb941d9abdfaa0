"""The local workers: started while the student still reads."""

from __future__ import annotations

import subprocess
import sys

from core import workers
from core.files import ROOT
from tests.helpers import until


def _knows(module: str) -> bool:
    return module in sys.modules


def test_workers_are_warm_before_the_first_run() -> None:
    """Started in the background, every worker imports what it is told to, and nothing fails on the way."""
    workers.stop()
    rarely_needed = "core.batch_learning_rate.range_test"
    workers.start_soon(rarely_needed)
    until(lambda: workers.answering() and all(workers.client().run(_knows, rarely_needed).values()))


STARTED = """
import sys
from core import workers

if __name__ == "__main__":
    workers._start_quietly("core.training.loop")
    known = workers.client().run(lambda: list(sys.modules))
    print([sorted({"torch", "keras"} & set(modules)) for modules in known.values()])
    print(sorted({"torch", "keras"} & set(sys.modules)))
    workers.stop()
"""


def test_warm_workers_load_no_torch_into_the_web_process() -> None:
    """Every worker has torch once it is warm; the process that started them has not: 230 MB, and three seconds."""
    done = subprocess.run([sys.executable, "-c", STARTED], cwd=ROOT, capture_output=True, text=True, check=True)
    workers_know, we_know = done.stdout.splitlines()[-2:]
    assert "torch" in workers_know
    assert we_know == "[]"
