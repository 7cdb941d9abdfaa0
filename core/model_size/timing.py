"""Measure how fast this machine writes and reads: run as a process of its own, by `core.measurement`, on one thread.

First what the prediction needs, each with the kernel that is really used: matrix × vector for the two memories, matrix
× matrix for the rate, and decoders of random numbers, narrow ones of several depths, for the time of orders. Then the
models that are there, with the loop that the page on text writes with. None of those is used for the prediction.

Seconds are those of the thread itself, what others do on the same core meanwhile left out: how fast it would be alone.
That others fill caches and memory meanwhile is still in them.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise, product
from statistics import median
from typing import TYPE_CHECKING, Any

from core import measurement
from core.measurement import Row
from core.model_size.model import Decoder

if TYPE_CHECKING:
    from transformers import PreTrainedModel

MODULE = "core.model_size.timing"
"""This one, as a process of its own runs it."""
clock = time.perf_counter if sys.platform == "win32" else time.thread_time
"""Windows counts the seconds of a thread in steps of 16 ms."""
MOST_SECONDS = 90.0
"""After which no further point is begun."""
SECONDS_EACH, FEWEST = 0.25, 3
"""A point is repeated for so long, so many times at least; the fastest counts: the others were disturbed."""
LENGTHS = (256, 512, 1_024, 2_048, 4_096)
"""Numbers in a row of the matrices that are multiplied by a vector."""
NEAR, FAR = 2**22, 3 * 2**26
"""Bytes of matrices that stay beside most processors, and of those that stay beside none."""
BETWEEN = (2**23, 2**24, 2**25, 2**26)
PRODUCT = (128, 1_024)
"""Tokens, and width, of the product of two matrices."""
FAMILIES = ("gpt2", "llama", "mixtral")
LAYERS, WIDTHS, VOCABULARY = (1, 4, 12), (32, 96), 1_000
"""Of the decoders of random numbers: narrow, so that their time is that of the orders."""
CONTEXTS = (128, 1_024)
"""Tokens that a model reads before it writes; those that its context has no room for are left out."""
WRITTEN = 16
"""Tokens that are written at each context."""
PROMPT = tuple(range(1, 9))
"""That the decoders of random numbers write after."""
LONG, TOO_LONG = 500, 2.0
"""Tokens of a prompt, and seconds of a call, from which on one round must do."""

Say = Callable[[Row], None]


def measure(say: Say = lambda said: None, seconds: float = MOST_SECONDS) -> Row:
    """Measure everything; return when and where, and the rows.

    Args:
        say: hears how many points will come, then of each as soon as it is measured, and how many came if time was out.
        seconds: to stop after.
    """
    import psutil
    import torch

    from core.language_models.catalogue import MODELS, available
    from core.runs.run import origin_here

    busy = psutil.cpu_percent(interval=0.5) / 100
    torch.set_num_threads(1)
    models = [name for name in MODELS if available(name)]
    points = len(LENGTHS) * 2 + len(BETWEEN) + 1 + len(FAMILIES) * len(WIDTHS) * len(LAYERS)
    points += sum(len(contexts(name)) for name in models)
    say({"points": points})
    rows: list[Row] = []
    end = time.perf_counter() + seconds
    for row in _points(models):
        rows.append(row)
        say(row)
        if time.perf_counter() > end:
            say({"points": len(rows)})
            break
    origin = origin_here()
    return {"date": origin.date, "machine": origin.machine, "versions": origin.versions, "busy": round(busy, 2),
            "rows": rows}  # fmt: skip


def _points(models: Sequence[str]) -> Iterator[Row]:
    """Yield every point: the machine, then the models."""
    for total in (NEAR, *BETWEEN, FAR):
        for length in LENGTHS if total in (NEAR, FAR) else LENGTHS[1:2]:
            yield {"what": "vector", "bytes": total, "length": length, "seconds": vector(total, length)}
    tokens, width = PRODUCT
    yield {"what": "product", "tokens": tokens, "width": width, "seconds": matrices(tokens, width)}
    for family, width, layers in product(FAMILIES, WIDTHS, LAYERS):
        taken = _written(random_decoder(random_configuration(family, width, layers)), PROMPT)
        yield {"what": "decoder", "family": family, "width": width, "layers": layers, "seconds": taken}
    for name in models:
        yield from model(name)


def vector(total: int, length: int) -> float:
    """Return the seconds that a row takes, of many square-ish matrices times a vector, one after the other.

    Args:
        total: bytes of the matrices together.
        length: numbers of a row.
    """
    import torch
    import torch.nn.functional as F

    rows = min(1_024, total // 4 // length)
    matrices = [torch.rand(rows, length) for _ in range(total // (4 * rows * length))]
    x = torch.rand(1, length)

    def work() -> None:
        for matrix in matrices:
            F.linear(x, matrix)

    with torch.inference_mode():
        return fastest(work) / (len(matrices) * rows)


def matrices(tokens: int, width: int) -> float:
    """Return the seconds of a square matrix times so many vectors at once."""
    import torch
    import torch.nn.functional as F

    x, matrix = torch.rand(tokens, width), torch.rand(width, width)
    with torch.inference_mode():
        return fastest(lambda: F.linear(x, matrix))


def random_configuration(family: str, width: int, layers: int) -> Decoder:
    """Return a narrow decoder's configuration."""
    given = {"layers": layers, "width": width, "heads": 4, "vocabulary": VOCABULARY, "context": 256}
    given |= {} if family == "gpt2" else {"kv_heads": 2, "feed_forward": 2 * width}
    return Decoder.from_family(family, **given | ({"experts": 4} if family == "mixtral" else {}))


def random_decoder(decoder: Decoder) -> PreTrainedModel:
    """Build a decoder of transformers with random numbers, read as the models of the course are."""
    from transformers import AutoModelForCausalLM, GPT2Config, LlamaConfig, MixtralConfig

    told = {"bos_token_id": 0, "eos_token_id": 0, "vocab_size": decoder.vocabulary, "tie_word_embeddings": True}
    many = told | {
        "num_hidden_layers": decoder.layers,
        "hidden_size": decoder.width,
        "num_attention_heads": decoder.heads,
        "num_key_value_heads": decoder.kv_heads,
        "intermediate_size": decoder.feed_forward,
        "max_position_embeddings": decoder.context,
    }
    few = {"n_layer": decoder.layers, "n_embd": decoder.width, "n_head": decoder.heads, "n_positions": decoder.context}
    experts = {"num_local_experts": decoder.experts, "num_experts_per_tok": decoder.experts_used}
    config: Any = {
        "gpt2": lambda: GPT2Config(**told, **few),
        "llama": lambda: LlamaConfig(**many),
        "mixtral": lambda: MixtralConfig(**many, **experts),
    }[decoder.family]()
    built: PreTrainedModel = AutoModelForCausalLM.from_config(config, attn_implementation="eager")
    return built.eval()


def contexts(name: str) -> list[int]:
    """Return the contexts that a model of the course has room for."""
    from core.language_models.catalogue import description

    return [context for context in CONTEXTS if context + WRITTEN <= description(name).context]


def model(name: str) -> Iterator[Row]:
    """Yield the seconds of a model that is there: of reading a prompt, and of each token written after it."""
    from core.language_models import catalogue

    loaded = catalogue.load(name)
    for context in contexts(name):
        ids = [5 + at % 1_000 for at in range(context)]
        read, wrote = fastest(partial(_read, loaded.model, ids)), _written(loaded.model, ids)
        yield {"what": "model", "name": name, "context": context, "reading": read, "writing": wrote}


def _read(read: PreTrainedModel, ids: Sequence[int]) -> None:
    """Read a prompt."""
    from core.language_models.decoding import Reader

    Reader(read, len(ids)).logits(ids)


def _written(writes: PreTrainedModel, ids: Sequence[int]) -> float:
    """Return the seconds of a token after a prompt: the median of some, in the fastest of several rounds."""
    from core.language_models.decoding import uniforms, write
    from core.language_models.sampling import Sampling

    found: list[float] = []
    for _ in _rounds(1 if len(ids) > LONG else FEWEST):
        steps = write(writes, ids, Sampling(), uniforms(1), tokens=WRITTEN + 1, context=len(ids) + WRITTEN + 1)
        next(steps)  # reads the prompt
        moments = [clock(), *(clock() for _ in steps)]
        found.append(median(after - before for before, after in pairwise(moments)))
    return _rounded(min(found))


def fastest(work: Callable[[], object]) -> float:
    """Return the seconds of the fastest of several calls; one that takes long is made once."""
    begun = clock()
    work()
    found = [clock() - begun]
    for _ in _rounds(0 if found[0] > TOO_LONG else FEWEST):
        begun = clock()
        work()
        found.append(clock() - begun)
    return _rounded(min(found))


def _rounds(fewest: int) -> Iterator[int]:
    """Count rounds, so many at least, as long as a point is repeated for."""
    start = time.perf_counter()
    for count in itertools.count():
        if count >= fewest and time.perf_counter() - start > (SECONDS_EACH if fewest > 1 else 0.0):
            return
        yield count


def _rounded(seconds: float) -> float:
    return float(f"{seconds:.4g}")


if __name__ == "__main__":
    measurement.say(measure(measurement.say, float(sys.argv[1]) if sys.argv[1:] else MOST_SECONDS))
