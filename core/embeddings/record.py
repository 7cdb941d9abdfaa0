"""Record the page's runs: `python -m core.embeddings.record [preset …]` writes them into assets/runs/.

"n-grams" records what counting letters reaches on the two lists, in assets/recorded/embeddings/.
"""

from __future__ import annotations

import sys

from core.embeddings import ngrams
from core.embeddings.presets import PRESETS
from core.runs.record import ship
from core.tasks.letters import corpus

COUNTS = "n-grams"

if __name__ == "__main__":
    wanted = sys.argv[1:]
    if not wanted or COUNTS in wanted:
        ngrams.write_record(corpus.load(name) for name in corpus.FILES)
    if wanted != [COUNTS]:
        ship(PRESETS, wanted)
