"""`make bench`: run every benchmark, print its figures beside their bars, write them to results.json.

    python -m tests.benchmarks [part of a name ...]

runs only those whose name has one of these parts. What fails or is missing is said so, and the others go on.
"""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.benchmarks.shared import Results

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
# pytest's own way to say that a browser is missing is no Exception.
FAILURES = (Exception, pytest.fail.Exception, SystemExit)


def main(wanted: list[str], tests: Path = HERE.parent, results: Path = RESULTS) -> int:
    """Run the benchmarks of the folders beside each other in `tests`; return 1 if one failed, or missed its bar."""
    found: Results = json.loads(results.read_text()) if wanted and results.exists() else {}
    verdicts = []
    for name, figure, verdict in _figures(wanted, tests):
        shown = f"{figure['value']:10.4g} {figure['unit']:6}" if "value" in figure else " " * 17
        print(f"{name:34} {shown} {verdict}", flush=True)
        found[name] = figure
        verdicts.append(verdict)
        results.write_text(json.dumps(found, indent=1) + "\n")
    return int(any(verdict.startswith(("FAILED", "MISSED")) for verdict in verdicts))


def _figures(wanted: list[str], tests: Path) -> Iterator[tuple[str, dict[str, float | str], str]]:
    """Yield each figure's name, itself, and how it stands to its bar; of what failed, the reason."""
    for path in sorted(tests.glob("*/bench.py")):
        room = path.parent.name
        try:
            module = importlib.import_module(f"{tests.name}.{room}.bench")
        except FAILURES as error:
            yield _failed(f"{room}/bench.py", error)
            continue
        missing = set() if wanted else set(module.BARS)
        for bench in module.BENCHES:
            if wanted and not any(part in bench.__name__ for part in wanted):
                continue
            try:
                measured: Results = bench()
            except FAILURES as error:
                yield _failed(bench.__name__, error)
                continue
            for name, figure in measured.items():
                yield name, figure, _against(figure["value"], _bar(module, name))
            missing -= set(measured)
        for name in sorted(missing):
            yield _failed(name, LookupError("no figure"))


def _failed(name: str, error: BaseException) -> tuple[str, dict[str, float | str], str]:
    traceback.print_exception(error, limit=-3)
    reason = f"{type(error).__name__}: {error}".splitlines()[0]
    return name, {"failed": reason}, f"FAILED ({reason[:100]})"


def _bar(module: ModuleType, name: str) -> tuple[str, float] | None:
    bars: dict[str, tuple[str, float]] = module.BARS
    return bars.get(name)


def _against(value: float | str, bar: tuple[str, float] | None) -> str:
    """Compare a figure with its bar, such as (">=", 0.9)."""
    if bar is None:
        return ""
    sign, limit = bar
    reached = float(value) >= limit if sign == ">=" else float(value) <= limit
    return f"{'ok' if reached else 'MISSED'} (bar {sign} {limit:g})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
