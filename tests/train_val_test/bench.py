"""Speed of the training loop, and of the page that shows it. Every figure is a ratio to a reference in the same run."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

import psutil
from playwright.sync_api import Browser, expect

from tests.benchmarks.shared import (
    OURS,
    Results,
    Stopwatch,
    against_stock,
    browser,
    fastest,
    milliseconds,
    on_slider,
    open_tab,
    ratio,
    server,
    stock_app,
)
from tests.in_browser import start_server, stop_server

BARS = {
    "train_vs_bare_torch": (">=", 0.95),
    "rerun_vs_stock": ("<=", 1.2),
    "replay_vs_stock": ("<=", 1.5),
    "idle_memory_mb": ("<=", 200.0),
}
ROUNDS = 5
PICTURE = ".st-key-tvt-picture"

TRAINING = """
import json, time, torch, sys
import torch.nn.functional as F
from torch import nn
from dataclasses import replace
from core.tasks.digits import data as digits
from core.tasks.digits.settings import DigitsSettings
from core.tasks.digits.task import Digits
from core.training.loop import train

torch.set_num_threads(1)
settings = DigitsSettings(epochs=1)
task = Digits(settings)
task.examples()

def ours():
    return [frame for frame in train(task, settings)][-1].seconds

images, labels = digits.load("train")
X, Y = torch.from_numpy(digits.to_inputs(images)), torch.from_numpy(labels.astype("int64"))

def bare():
    torch.manual_seed(1)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 200), nn.ReLU(), nn.Linear(200, 100), nn.ReLU(),
                          nn.Linear(100, 75), nn.ReLU(), nn.Linear(75, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001, eps=1e-7, fused=True)
    begun = time.perf_counter()
    for index in torch.randperm(len(X)).split(128):
        loss = F.cross_entropy(model(X[index]), Y[index])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return time.perf_counter() - begun

ours(), bare()
print(json.dumps([[ours(), bare()] for _ in range(int(sys.argv[1]))]))
"""

KERAS = """
import json, time, torch, sys
from core.tasks.digits import data as digits
import keras
from core.tasks.digits.settings import DigitsSettings
from core.tasks.digits.task import Digits
from core.training.loop import train

images, labels = digits.load("train")
x = digits.to_inputs(images)
settings = DigitsSettings(epochs=1)
task = Digits(settings)
task.examples()
model = keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(),
    keras.layers.Dense(200, "relu"), keras.layers.Dense(100, "relu"), keras.layers.Dense(75, "relu"),
    keras.layers.Dense(10, "softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])

def fit():
    begun = time.perf_counter()
    model.fit(x, labels, batch_size=128, epochs=1, verbose=0)
    return time.perf_counter() - begun

def ours():
    return [frame for frame in train(task, settings)][-1].seconds

fit(), ours()
print(json.dumps([[fit(), ours()] for _ in range(int(sys.argv[1]))]))
"""


def train_vs_bare_torch() -> Results:
    """Updates per second of `core.training.loop.train` on the course's MLP ÷ a hand-written loop's, one thread."""
    ours, bare = fastest(TRAINING, rounds=9, threads=1)
    return {"train_vs_bare_torch": ratio(bare / ours), "train_epoch_s": {"value": ours, "unit": "s"}}


def train_vs_keras_fit() -> Results:
    """Epoch time of Keras `fit` on the torch backend ÷ ours: same model, same batch, all cores for both."""
    keras, ours = fastest(KERAS, rounds=4, threads=os.cpu_count() or 1)
    return {"train_vs_keras_fit": ratio(keras / ours), "keras_epoch_s": {"value": keras, "unit": "s"}}


def rerun_vs_stock() -> Results:
    """Slider key → changed chart on the train page ÷ the same on the stock app."""
    with browser() as running, server() as url:
        page = open_tab(running, f"{url}/train_val_test?tvt_seed=1&tvt_epochs=5&lang=en")  # room to both sides
        stopwatch = on_slider(page, page.get_by_role("slider", name="Epochs"), PICTURE, OURS)
        ours, stock = against_stock(running, stopwatch)
    return {"rerun_vs_stock": ratio(ours / stock), "rerun_ms": milliseconds(ours),
            "stock_rerun_ms": milliseconds(stock)}  # fmt: skip


def replay_vs_stock() -> Results:
    """Opening a recorded run by its preset → its curves drawn ÷ a stock rerun."""
    presets = ("A small CNN", "The course’s network")
    with browser() as running, server() as url:
        page = open_tab(running, f"{url}/train_val_test?tvt_seed=1&lang=en")
        click = Stopwatch(
            page, PICTURE, lambda done: page.get_by_text(presets[done % 2], exact=True).click(), "click", OURS
        )
        ours, stock = against_stock(running, click)
    return {"replay_vs_stock": ratio(ours / stock), "replay_ms": milliseconds(ours)}


def first_page_vs_stock() -> Results:
    """Server start → first page painted ÷ the stock app's; alternating, median of each. Ours opens every page first."""
    seconds: dict[str, list[float]] = {"ours": [], "stock": []}
    with tempfile.TemporaryDirectory() as folder, browser() as running:
        stock = stock_app(Path(folder))
        for _round in range(ROUNDS):
            for name, script in (("ours", "streamlit_app.py"), ("stock", str(stock))):
                seconds[name].append(_start_to_paint(running, Path(folder), script))
    ours, reference = (statistics.median(values) for values in (seconds["ours"], seconds["stock"]))
    return {"first_page_vs_stock": ratio(ours / reference), "first_page_s": {"value": ours, "unit": "s"}}


def idle_memory_mb() -> Results:
    """Resident memory of the web process after the home page was visited; workers apart."""
    with tempfile.TemporaryDirectory() as folder, browser() as running:
        url, process = start_server(Path(folder))
        try:
            open_tab(running, url)
            resident = psutil.Process(process.pid).memory_info().rss
        finally:
            stop_server(process)
    return {"idle_memory_mb": {"value": resident / 2**20, "unit": "MB"}}


def _start_to_paint(running: Browser, folder: Path, script: str) -> float:
    begun = time.perf_counter()
    url, process = start_server(folder, script=script)
    try:
        page = running.new_page()
        page.goto(url)
        expect(
            page.get_by_test_id("stMain").get_by_role("heading").or_(page.get_by_role("slider")).first
        ).to_be_visible()
        return time.perf_counter() - begun
    finally:
        page.close()
        stop_server(process)


BENCHES = (
    train_vs_bare_torch,
    train_vs_keras_fit,
    rerun_vs_stock,
    replay_vs_stock,
    first_page_vs_stock,
    idle_memory_mb,
)
