"""Record how fast this machine writes and reads: `python -m core.model_size.record_speed`. A quiet machine, please."""

from __future__ import annotations

import json

from core.files import write_whole
from core.measurement import Row, alone
from core.model_size.timed import RECORDING
from core.model_size.timing import MODULE


def write(found: Row) -> None:
    """Write what was measured, a row on each line."""
    rows = ",\n".join(f"  {json.dumps(row)}" for row in found["rows"])
    head = json.dumps({name: value for name, value in found.items() if name != "rows"}, indent=1)[:-2]
    write_whole(RECORDING, f'{head},\n "rows": [\n{rows}\n ]\n}}\n'.encode())


if __name__ == "__main__":
    write(alone(MODULE))
