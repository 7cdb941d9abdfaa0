"""Record the steps of this machine, with which the page opens: `python -m core.gpu.record`. A quiet machine, please.

The cards are recorded by `assets/recorded/gpu/measure.py`, on the machines that hold them.
"""

from __future__ import annotations

import json

from core.files import write_whole
from core.gpu.measuring import Row, child
from core.gpu.recorded import HERE


def record() -> None:
    """Measure, and write what the page opens with."""
    with child() as process:
        assert process.stdout is not None
        *_rows, last = process.stdout
    write(json.loads(last))


def write(found: Row) -> None:
    """Write what was measured, a row on each line."""
    rows = found.pop("rows")
    lines = ",\n".join(json.dumps(row) for row in rows)
    head = json.dumps(found, indent=1)[:-2]
    write_whole(HERE, f'{head},\n "rows": [\n{lines}\n]\n}}\n'.encode())


if __name__ == "__main__":
    record()
