"""Speed of the merges learned live: under the slider, and beside Hugging Face's native trainer."""

from __future__ import annotations

import random

from components.in_browser import COMPONENTS
from core.tokens.bpe import MOST_CHARACTERS, MOST_MERGES
from core.tokens.cost import lesson_text
from tests.benchmarks.shared import Results, browser, fastest, milliseconds, open_tab, ratio, server
from tests.node import ask

BARS = {"bpe_merge_slider_ms": ("<=", 16.7), "bpe_train_vs_tokenizers": ("<=", 20)}
MOVES = 200
ROUNDS = 15
NATIVE = """
import json, os, sys, time
os.environ["TOKENIZERS_PARALLELISM"] = "false"
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
text, merges = {text!r}, {merges}
rounds = []
for _ in range(int(sys.argv[1])):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(vocab_size=256 + merges, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        min_frequency=0, show_progress=False)
    begun = time.process_time()
    tokenizer.train_from_iterator([text], trainer)
    rounds.append([time.process_time() - begun])
print(json.dumps(rounds))
"""
OURS = """(() => {
    const seconds = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
    return [...Array(given.rounds)].map(() => {
        const begun = seconds();
        learn(given.text, given.merges);
        return seconds() - begun;
    });
})()"""


def bpe_merge_slider_ms() -> Results:
    """Work of one move over merges: handler start → both texts, list, counts and curve laid out; p95 of 200 moves.

    20,000 characters of stories teach, as many are cut: steps by the keys, then jumps as a finger makes them.
    """
    where = random.Random(0)
    with browser() as running, server() as url:
        page = open_tab(running, f"{url}/tokens?tok_part=learn&tok_learn=stories&tok_apply=stories&lang=en")
        slider = page.get_by_role("slider", name="Number of merges")
        slider.scroll_into_view_if_needed()
        page.evaluate("window.curseursMoves = []")
        for move in range(MOVES // 2):
            slider.press("ArrowRight" if move % 8 < 4 else "ArrowLeft")
        highest = int(slider.get_attribute("max") or 0)
        for _ in range(MOVES // 2):
            slider.fill(str(where.randrange(highest)))
        durations: list[float] = page.evaluate("window.curseursMoves")
    told = milliseconds(sorted(durations)[int(0.95 * len(durations))])
    return {"bpe_merge_slider_ms": told | {"moves": len(durations)}}


def bpe_train_vs_tokenizers() -> Results:
    """Processor time of our training in Node ÷ that of Hugging Face `tokenizers`, native, on one thread.

    1,000 merges of the first 20,000 characters of French lessons; of each the fastest round, the first warm up.
    """
    stems = ("embeddings", "text_generation", "gpu")
    text = "\n".join(lesson_text(stem, "fr") for stem in stems)[:MOST_CHARACTERS]
    native = min(fastest(NATIVE.format(text=text, merges=MOST_MERGES), ROUNDS, threads=1))
    given = {"text": text, "merges": MOST_MERGES, "rounds": ROUNDS}
    rounds: list[float] = ask(COMPONENTS / "tokens" / "bpe.js", OURS, given)
    found = ratio(min(rounds) / native) | {"ours_ms": 1_000 * min(rounds), "first_ms": 1_000 * rounds[0]}
    return {"bpe_train_vs_tokenizers": found | {"characters": len(text)}}


BENCHES = (bpe_merge_slider_ms, bpe_train_vs_tokenizers)
