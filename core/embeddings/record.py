"""Record the page's runs: `python -m core.embeddings.record [preset …]` writes them into assets/runs/.

"n-grams" records what counting letters reaches on the two lists, "seeds" how far other seeds bring the vowels from the
consonants, "moves" what one move of a control away from a preset reaches, in assets/recorded/embeddings/.
"""

from __future__ import annotations

import sys

from core.embeddings import choices, ngrams, separation
from core.embeddings.presets import PRESETS
from core.runs.record import ship
from core.tasks.letters import corpus

COUNTS, SEEDS, MOVES = "n-grams", "seeds", "moves"

if __name__ == "__main__":
    wanted = sys.argv[1:]
    if not wanted or COUNTS in wanted:
        ngrams.write_record(corpus.load(name) for name in corpus.FILES)
    if not wanted or SEEDS in wanted:
        separation.write_record()
    if not wanted or MOVES in wanted:
        choices.record_moves()
    if not wanted or set(wanted) & set(PRESETS):
        ship(PRESETS, wanted)
