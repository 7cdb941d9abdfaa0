"""Size of what `make run` installs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

from core.files import ROOT
from tests.benchmarks.shared import Results, ratio

BEFORE_MB = 1753.2
"""What the first version's requirements brought, SmolLM2 not among them: 115 packages, added up by `installed` on Linux
with the CPU build of torch (2.13.0, as today). By `du`, bytecode and pip included, that environment took 2,209 MB."""
BARS = {"install_vs_before": ("<=", 0.95)}


def install_vs_before() -> Results:
    """Megabytes of every package that `make run` installs, SmolLM2 included ÷ those of the first version, without."""
    packages = set(closure(wanted(ROOT / "requirements.txt"))) | {
        each.name for each in wanted(ROOT / "requirements-nodeps.txt")
    }
    now = sum(map(installed, packages)) / 1e6
    return {"install_vs_before": ratio(now / BEFORE_MB), "install_mb": {"value": now, "unit": "MB"}}


def wanted(file: Path) -> list[Requirement]:
    """Return the requirements that a file lists."""
    lines = (line.split("#")[0].strip() for line in file.read_text().splitlines())
    return [Requirement(line) for line in lines if line]


def closure(requirements: list[Requirement]) -> Iterator[str]:
    """Give the names of packages and of all that they need here, each once."""
    waiting, seen = [(each.name, extra) for each in requirements for extra in ("", *each.extras)], set()
    while waiting:
        name, extra = waiting.pop()
        key = (re.sub(r"[-_.]+", "-", name).lower(), extra)
        if key in seen:
            continue
        seen.add(key)
        yield key[0]
        for line in distribution(name).requires or []:
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                waiting += [(need.name, each) for each in ("", *need.extras)]


def installed(package: str) -> int:
    """Return the bytes of a package's files; compiled bytecode is left out: some installers write it, some do not."""
    files = distribution(package).files or []
    paths = [Path(str(file.locate())) for file in files if file.suffix != ".pyc"]
    return sum(path.stat().st_size for path in paths if path.is_file())


BENCHES = (install_vs_before,)
