"""Speed of the chat: how soon the first token is there, beside the bare client, and a search in documents."""

from __future__ import annotations

import statistics
import time

from core.chat import answering, embedded
from core.chat.requests import How, body
from core.chat.requests import Wish as Besides
from core.chat.servers import EMBEDDED
from tests.benchmarks.shared import Results, ratio
from tests.chat import bench_search

BARS = {"chat_first_token_vs_bare": ("<=", 1.3)} | bench_search.BARS
ROUNDS = 12


def chat_first_token_vs_bare() -> Results:
    """Question → first token through the engine, as a page follows it ÷ the same by the bare `openai` client.

    The embedded model, one student, questions of about twenty words; in turns, each with a question of its own, so that
    neither finds the other's in the server's memory.
    """
    import openai

    server, _ = embedded.reached()
    seconds: dict[str, list[float]] = {"ours": [], "bare": []}
    how = How(tokens=4)
    for number in range(ROUNDS + 1):  # the first round warms both up
        for who in ("ours", "bare"):
            asked = [{"role": "user", "content": f"{who} {number}: which animals live in the sea, and which ones in "
                                                 "the woods, in the mountains and in the sky?"}]  # fmt: skip
            begun = time.perf_counter()
            if who == "ours":
                one = answering.start("bench", EMBEDDED, asked, how)
                assert one.wait_for_more(0, 60).answer.pieces
                seconds[who].append(time.perf_counter() - begun)
                one.wait(60)
                continue
            rest = body(server.model, asked, how, Besides(), frozenset())
            messages, model, _stream = (rest.pop(name) for name in ("messages", "model", "stream"))
            with openai.OpenAI(api_key=server.key.secret(), base_url=server.address, max_retries=0) as client:
                for chunk in client.chat.completions.create(
                    messages=messages, model=model, stream=True, extra_body=rest
                ):  # fmt: skip
                    if chunk.choices and chunk.choices[0].delta.content and len(seconds[who]) == number:
                        seconds[who].append(time.perf_counter() - begun)
    embedded.stop()
    medians = {who: statistics.median(found[1:]) for who, found in seconds.items()}
    figure = ratio(medians["ours"] / medians["bare"])
    return {"chat_first_token_vs_bare": figure | {f"{who}_ms": 1_000 * found for who, found in medians.items()}}


BENCHES = (chat_first_token_vs_bare, *bench_search.BENCHES)
