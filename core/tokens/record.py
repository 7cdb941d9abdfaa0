"""Record what the page opens with: `python -m core.tokens.record`."""

from __future__ import annotations

from core.tokens.recorded import record

if __name__ == "__main__":
    record()
