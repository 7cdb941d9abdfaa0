"""The local workers: started while the student still reads."""

from __future__ import annotations

import os
import subprocess
import sys

from core.files import ROOT

STARTED = """
import sys
from core import workers
from tests.helpers import until

RARELY_NEEDED = "core.batch_learning_rate.range_test"


def known():
    return list(sys.modules)


if __name__ == "__main__":
    workers.start_soon(RARELY_NEEDED)
    until(lambda: workers.answering() and all(RARELY_NEEDED in told for told in workers.client().run(known).values()))
    workers._start_quietly("core.training.loop")
    told = workers.client().run(known)
    print([sorted({"torch", "keras"} & set(modules)) for modules in told.values()])
    print(sorted({"torch", "keras"} & set(sys.modules)))
    print("stopping", file=sys.stderr, flush=True)
    workers.stop()
"""


def test_workers_are_warm_before_the_first_run_and_the_web_process_has_no_torch() -> None:
    """Started in the background, every worker imports what it is told to, and has torch once it is warm; nothing fails.

    The process that started them has not: 230 MB, and three seconds.
    """
    mine = {name: value for name, value in os.environ.items() if name != "DASK_SCHEDULER_ADDRESS"}
    command = [sys.executable, "-c", STARTED]
    done = subprocess.run(command, cwd=ROOT, env=mine, capture_output=True, text=True, check=True)
    workers_know, we_know = done.stdout.splitlines()[-2:]
    assert "torch" in workers_know
    assert we_know == "[]"
    started, stopping, _rest = done.stderr.partition("stopping")  # Dask logs a heartbeat that the end cuts off
    assert stopping
    assert "Traceback" not in started
