"""How much faster labels are scored behind one cached prompt than one by one."""

from __future__ import annotations

import time

import torch

from core.language_models import catalogue
from core.language_models.labels import score
from core.language_models.prompts import Prompt
from core.tasks.categories.words import CATEGORIES
from core.ways_to_train.ways import MODEL, examples, held_out
from tests.benchmarks.shared import Results, ratio
from tests.language_models.one_by_one import log_probability

BARS = {"few_shot_vs_naive": (">=", 4.0)}
EXAMPLES, WORDS, NAIVE_WORDS, ROUNDS = 10, 50, 3, 3


def few_shot_vs_naive() -> Results:
    """Words a second, five labels, ten examples: ours ÷ the whole prompt read for each word and label, one thread.

    Seconds of the processor, the fastest of some rounds of each, in turns.
    """
    torch.set_num_threads(1)
    loaded, prompt, words = catalogue.load(MODEL), Prompt(examples(EXAMPLES, 1)), held_out()[0]

    def ours() -> None:
        score(loaded, prompt, CATEGORIES, words[:WORDS], calibration=False)

    def naive() -> None:
        for word in words[:NAIVE_WORDS]:
            for label in CATEGORIES:
                log_probability(loaded, prompt.text(word), f" {label}")

    works = {ours: WORDS, naive: NAIVE_WORDS}
    seconds = {ours: float("inf"), naive: float("inf")}
    for _ in range(ROUNDS):
        for work, count in works.items():
            begun = time.process_time()
            work()
            seconds[work] = min(seconds[work], (time.process_time() - begun) / count)
    return {"few_shot_vs_naive": ratio(seconds[naive] / seconds[ours]) | {"words_per_second": round(1 / seconds[ours])}}


BENCHES = (few_shot_vs_naive,)
