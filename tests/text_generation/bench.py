"""Text generation against `model.generate`, a stock rerun, and its own first start."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.shared import Results, browser, milliseconds, open_tab, ratio, server, stock_server
from tests.in_browser import settled

TOKENS = 64
CONFIG = "GPT2Config(bos_token_id=50256, eos_token_id=50256)"


def tokens_per_second(ours: Callable[[], object], theirs: Callable[[], object], times: int = 5) -> float:
    """Return our speed divided by theirs: medians of runs taken in turns, so that both meet the same machine."""
    seconds: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _ in range(times + 1):
        for name, run in (("ours", ours), ("theirs", theirs)):
            begun = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - begun)
    return statistics.median(seconds["theirs"][1:]) / statistics.median(seconds["ours"][1:])


def _against_generate(model: Any, ids: list[int], times: int) -> float:
    import torch

    from core.language_models import decoding
    from core.language_models.sampling import Sampling

    torch.set_num_threads(1)
    how, numbers, given = Sampling(temperature=0.8, top_k=50), decoding.uniforms(1), torch.tensor([ids])

    def ours() -> list[Any]:
        return list(decoding.write(model, ids, how, numbers, tokens=TOKENS, context=1024))

    def theirs() -> object:
        return model.generate(given, attention_mask=torch.ones_like(given), do_sample=True, temperature=0.8, top_k=50,
                              max_new_tokens=TOKENS, min_new_tokens=TOKENS, pad_token_id=0)  # fmt: skip

    assert len(ours()) == TOKENS
    return tokens_per_second(ours, theirs, times)


def decode_gpt2() -> Results:
    """Measure our loop against `generate`: GPT-2's true shape, random weights, one thread, 64 tokens."""
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(0)
    model = GPT2LMHeadModel(GPT2Config(bos_token_id=50256, eos_token_id=50256)).eval()
    model.generation_config.eos_token_id = None
    return {"decode_vs_hf_generate": ratio(_against_generate(model, list(range(100, 116)), 3))}


def decode_mini() -> Results:
    """Measure the same on the mini GPT-2; its end token is not obeyed, so that both write 64."""
    from core.tasks.mini_gpt2 import published

    model = published.load_checkpoint(attention="eager")
    model.generation_config.eos_token_id = None
    ids = [0, *published.tokenizer().encode("Il était une fois").ids]
    return {"decode_vs_hf_generate_mini": ratio(_against_generate(model, ids, 9))}


def sampling_slider() -> Results:
    """Measure from a key on the temperature to redrawn bars: they are computed in the browser."""
    with server() as url, browser() as running:
        page = open_tab(running, f"{url}/text_generation?lang=fr")
        page.locator(".bars button").first.wait_for(timeout=120_000)
        settled(page)
        page.evaluate(
            """() => {
                const roots = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot).map((e) => e.shadowRoot)
                const find = (what) => [document, ...roots].map((r) => r.querySelector(what)).find(Boolean)
                const slider = find(".card.temperature input"), bars = () => find(".bars").innerHTML
                window.lags = []
                for (let i = 0; i < 30; i++) {
                    const before = bars(), begun = performance.now()
                    slider.value = 0.05 + i / 20
                    slider.dispatchEvent(new Event("input"))
                    find(".bars").getBoundingClientRect()  // the layout is part of the answer
                    if (bars() !== before) window.lags.push(performance.now() - begun)
                }
            }"""
        )
        lags: list[float] = page.evaluate("window.lags")
    assert len(lags) > 20
    return {"sampling_slider_ms": milliseconds(statistics.median(lags))}


def second_student() -> Results:
    """Measure from page open to the first token written: a second session against the first of a fresh server.

    The stock app's page, opened likewise by a browser that has seen nothing, is what no page of Streamlit can go below.
    """
    seconds, stock_seconds = [], []
    with server() as url, stock_server() as stock, browser() as running:
        for _ in range(3):
            begun = time.perf_counter()
            page = running.new_page()
            page.goto(f"{url}/text_generation?lang=fr&tg_seed=2")  # not the recorded story: a worker is asked
            page.locator(".bars:not(.waits) button").first.wait_for(timeout=120_000)
            page.locator(".key.step").click()
            page.locator("button.chip").first.wait_for(timeout=120_000)
            seconds.append(time.perf_counter() - begun)
            page.close()
            begun = time.perf_counter()
            page = running.new_page()
            page.goto(stock)
            page.get_by_role("slider").wait_for()
            stock_seconds.append(time.perf_counter() - begun)
            page.close()
    second = min(seconds[1:])
    return {
        "second_student_load_s": ratio(second / seconds[0]),
        "second_student_vs_stock_load": ratio(second / min(stock_seconds)),
        "first_student_load_ms": milliseconds(1_000 * seconds[0]),
        "second_student_load_ms": milliseconds(1_000 * second),
    }


def smollm2_start() -> Results:
    """Measure loading SmolLM2 from the safetensors cache against the first GGUF load, each in a fresh process."""
    root = Path(__file__).parents[2]
    code = ("import time; from transformers import AutoModelForCausalLM; import tokenizers, torch, gguf, accelerate; "
            "from core.language_models import catalogue as m; t = time.perf_counter(); m.load('smollm2'); "
            "print(time.perf_counter() - t)")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        told = os.environ | {"CURSEURS_MODELS": folder, "OMP_NUM_THREADS": "1"}
        runs = [
            subprocess.run([sys.executable, "-c", code], cwd=root, env=told, capture_output=True, text=True, check=True)
            for _ in range(3)
        ]
        seconds = [float(run.stdout.split()[-1]) for run in runs]
    return {"smollm_second_start": ratio(min(seconds[1:]) / seconds[0])}


BENCHES = (decode_gpt2, decode_mini, sampling_slider, second_student, smollm2_start)
BARS = {
    "decode_vs_hf_generate": (">=", 0.95),
    "decode_vs_hf_generate_mini": (">=", 1.3),
    "sampling_slider_ms": ("<=", 16.7),
    "second_student_load_s": ("<=", 0.2),
    "smollm_second_start": ("<=", 0.25),
}
