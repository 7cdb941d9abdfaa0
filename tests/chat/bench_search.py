"""How long a question to ten thousand passages takes: by words, by meaning, and both fused."""

from __future__ import annotations

import statistics
import time
from random import Random

from core.chat.cutting import Passage
from core.chat.search import Index, french
from tests.benchmarks.shared import Results

BARS = {"rag_search_ms": ("<=", 50.0)}
PASSAGES, WORDS, QUESTION, ROUNDS = 10_000, 90, 12, 41


def rag_search_ms() -> Results:
    """Milliseconds of a question of twelve words, the median of 41; passages have ninety words, drawn by Zipf."""
    random, vectors = Random(0), french()
    listed = list(vectors.rows)
    texts = [" ".join(_word(random, listed) for _ in range(WORDS)) for _ in range(PASSAGES)]
    begun = time.perf_counter()
    index = Index([Passage("d", at, text, None, None, 0, len(text)) for at, text in enumerate(texts)], vectors)
    built, seconds = time.perf_counter() - begun, []
    for _round in range(ROUNDS):
        question = " ".join(random.sample(random.choice(texts).split(), QUESTION))
        begun = time.perf_counter()
        assert index.search(question)
        seconds.append(time.perf_counter() - begun)
    value = round(1000 * statistics.median(seconds), 2)
    return {"rag_search_ms": {"value": value, "unit": "ms", "index_s": round(built, 2)}}


def _word(random: Random, listed: list[str]) -> str:
    """Draw a word by Zipf's law, most frequent first."""
    return listed[min(int(random.paretovariate(0.6)), len(listed) - 1)]


BENCHES = (rag_search_ms,)
