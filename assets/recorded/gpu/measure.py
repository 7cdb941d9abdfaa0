"""What was run on the machine with the GPU to record the file beside this one: `python measure.py <card>.json`.

Needs torch alone, and a CUDA card. Seconds everywhere: `median` and `fastest` of one call, with nothing queued before
it and waiting for its end; `queued`, of one of many calls that are waited for together.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Row = dict[str, Any]
WIDTHS, BATCHES = [0, 16, 64, 256, 1024, 4096], [1, 4, 16, 64, 256, 1024, 4096, 16384]
"""Width 0 is the course's own 200–100–75."""


def timed(work: Callable[[], Any], device: str, seconds: float = 0.12) -> Row:
    """Return the median and the fastest of several calls, each waited for."""
    found: list[float] = []
    for _ in range(2):
        work()
    wait_for(device)
    start = time.perf_counter()
    while len(found) < 5 or (time.perf_counter() - start < seconds and len(found) < 200):
        begun = time.perf_counter()
        work()
        wait_for(device)
        found.append(time.perf_counter() - begun)
        if time.perf_counter() - start > 3 and len(found) >= 2:
            break
    return {"median": statistics.median(found), "fastest": min(found), "times": len(found)}


def queued(work: Callable[[], Any], device: str, count: int) -> float:
    """Return the seconds of a call when many are given at once, as a training loop gives them."""
    work()
    wait_for(device)
    begun = time.perf_counter()
    for _ in range(count):
        work()
    wait_for(device)
    return (time.perf_counter() - begun) / count


def wait_for(device: str) -> None:
    """Wait for the end of all that a card was given."""
    if device == "cuda":
        torch.cuda.synchronize()


def use(precision: str) -> torch.dtype:
    """Let products be computed in a precision; return the type of their numbers."""
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = precision == "tf32"
    return {"fp16": torch.float16, "bf16": torch.bfloat16}.get(precision, torch.float32)


def products(device: str, precisions: list[str], sizes: list[int]) -> list[Row]:
    """Time products of two square matrices."""
    rows = []
    for precision in precisions:
        dtype = use(precision)
        for n in sizes:
            a, b = (torch.randn(n, n, device=device).to(dtype) for _ in range(2))
            out = torch.empty(n, n, device=device, dtype=dtype)

            def work(a: Tensor = a, b: Tensor = b, out: Tensor = out) -> None:
                torch.mm(a, b, out=out)

            alone = timed(work, device)
            count = max(3, min(200, int(0.2 / max(alone["median"], 1e-6))))
            rows.append({"precision": precision, "n": n, **alone, "queued": queued(work, device, count)})
    return rows


def network(width: int, device: str) -> nn.Sequential:
    """Build 784 → width → width → 10 with ReLU between, or the course's own network."""
    sizes = [784, width, width, 10] if width else [784, 200, 100, 75, 10]
    layers: list[nn.Module] = []
    for fan_in, fan_out in pairwise(sizes):
        layers += [nn.Linear(fan_in, fan_out), nn.ReLU()]
    return nn.Sequential(*layers[:-1]).to(device)


def steps(device: str, precisions: list[str], widths: list[int], batches: list[int], most: int = 0) -> list[Row]:
    """Time one step of training: forward, loss, backward, update; on a card also with what goes there before it."""
    rows = []
    for precision in precisions:
        dtype = use(precision)
        for width in widths:
            model = network(width, device)
            for batch in batches:
                if not most or width * width * batch <= most:
                    rows.append({"precision": precision, "width": width, "batch": batch, **step(model, batch, dtype)})
    return rows


def step(model: nn.Sequential, batch: int, dtype: torch.dtype) -> Row:
    """Time one step of a network on a batch of random digits."""
    weights = list(model.parameters())
    device = weights[0].device.type
    here = torch.rand(batch, 784), torch.randint(0, 10, (batch,))
    there = tuple(part.to(device) for part in here)

    def work(x: Tensor, y: Tensor) -> Tensor:
        with torch.autocast(device, dtype, enabled=dtype is not torch.float32):
            loss = F.cross_entropy(model(x), y)
        gradients = torch.autograd.grad(loss, weights)
        with torch.no_grad():
            torch._foreach_add_(weights, gradients, alpha=-1e-6)
        return loss

    row = timed(lambda: work(*there), device, 0.06)
    row["queued"] = queued(lambda: work(*there), device, max(2, min(50, int(0.05 / row["median"]))))
    if device == "cuda":
        pinned = tuple(part.pin_memory() for part in here)
        row["with_transfer"] = timed(lambda: work(*(part.to(device) for part in here)).item(), device, 0.06)["median"]
        row["with_pinned_transfer"] = timed(
            lambda: work(*(part.to(device, non_blocking=True) for part in pinned)).item(), device, 0.06
        )["median"]
        row["transfer"] = timed(lambda: here[0].to(device), device, 0.03)["median"]
    return row


def transfers() -> list[Row]:
    """Time copies between the computer's memory and the card's."""
    rows = []
    for size in (4**power for power in range(5, 15)):
        here, there = torch.empty(size, dtype=torch.uint8), torch.empty(size, dtype=torch.uint8, device="cuda")
        pinned = here.pin_memory()
        ways = {"to_pageable": (there, here), "to_pinned": (there, pinned), "back": (here, there)}
        found = {name: timed(lambda to=to, source=source: to.copy_(source), "cuda")["median"]
                 for name, (to, source) in ways.items()}  # fmt: skip
        rows.append({"bytes": size, **found})
    return rows


def words() -> dict[str, str | None]:
    """Provoke the errors of tensors on two devices, and what the device "meta" says instead."""
    cpu, gpu, meta = torch.ones(3, 3), torch.ones(3, 3, device="cuda"), torch.ones(3, 3, device="meta")
    attempts: dict[str, Callable[[], Any]] = {
        "add": lambda: cpu + gpu,
        "product": lambda: cpu @ gpu,
        "linear": lambda: nn.Linear(3, 3).cuda()(cpu),
        "linear_reverse": lambda: nn.Linear(3, 3)(gpu),
        "loss": lambda: F.cross_entropy(gpu, torch.tensor([0, 1, 2])),
        "generator": lambda: torch.rand(3, device="cuda", generator=torch.Generator()),
        "generator_reverse": lambda: torch.rand(3, generator=torch.Generator(device="cuda")),
        "index": lambda: cpu[torch.tensor([0], device="cuda")],
        "embedding": lambda: F.embedding(torch.tensor([0]), gpu),
        "numpy": lambda: gpu.numpy(),
        "memory": lambda: torch.empty(2**40, device="cuda"),
        "second_card": lambda: torch.ones(1, device="cuda:7"),
        "meta_add": lambda: cpu + meta,
        "meta_linear": lambda: nn.Linear(3, 3, device="meta")(cpu),
        "meta_gpu": lambda: gpu @ meta,
    }
    return {name: said(attempt) for name, attempt in attempts.items()}


def said(attempt: Callable[[], Any]) -> str | None:
    """Return the error of an attempt, in the library's own words."""
    try:
        attempt()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def measured() -> Row:
    """Measure the card, then the computer that holds it, with one thread and with all."""
    card = torch.cuda.get_device_properties(0)
    ask = ["nvidia-smi", "--query-gpu=name,driver_version,memory.total,clocks.max.sm,power.limit",
           "--format=csv,noheader"]  # fmt: skip
    told = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    one, half = torch.zeros(1, device="cuda"), 2**28
    many = torch.empty(2 * half, device="cuda")
    powers = [2**power for power in range(4, 15)]
    found: Row = {
        "date": date.today().isoformat(),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "cpu": {"threads": torch.get_num_threads()},
        "gpu": {"name": card.name, "smi": told, "cuda": torch.version.cuda, "memory": card.total_memory,
                "multiprocessors": card.multi_processor_count},
        "launch_alone": timed(lambda: one.add_(1), "cuda"),
        "launch_queued": queued(lambda: one.add_(1), "cuda", 2000),
        "copy_2GiB_queued": queued(lambda: many[:half].copy_(many[half:]), "cuda", 20),
        "transfers": transfers(),
        "words": words(),
        "products": products("cuda", ["fp32", "tf32", "bf16", "fp16"], powers),
        "steps": steps("cuda", ["fp32", "tf32", "bf16"], WIDTHS, BATCHES),
    }  # fmt: skip
    torch.set_num_threads(1)
    found["host_products_1"] = products("cpu", ["fp32"], powers[:8])
    found["host_steps_1"] = steps("cpu", ["fp32"], WIDTHS[:5], BATCHES[:6], 2**30)
    torch.set_num_threads(os.cpu_count() or 1)
    found["host_products_all"] = products("cpu", ["fp32"], powers[:9])
    found["host_steps_all"] = steps("cpu", ["fp32"], WIDTHS, BATCHES, 2**33)
    return found


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(measured(), indent=1) + "\n")
