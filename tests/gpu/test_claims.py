"""Every sentence of the lesson that states a fact, computed from what is shipped. Names are those of its claims."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode

from components.gpu.state import ASKED, names
from core.gpu.devices import CASES, REPAIRS, provoke, recorded
from core.gpu.measuring import network, step
from core.gpu.model import Machine, parts
from core.gpu.presets import PRESETS
from core.gpu.recorded import CARDS, Line, card, here, host
from core.gpu.shown_code import keras_source, torch_source
from core.gpu.times import processor, ratio, time_of, transfer_of, wins_from
from core.gpu.work import BATCHES, COURSE, STOPS, layers, moved_bytes, operations, sizes
from core.lessons import load
from core.sheets import T4

LOOKS = {"aten.t", "aten.view", "aten.detach"}
"""Operations that only look at a tensor in another way."""


def h100(precision: str = "fp32") -> Line:
    return card("h100").lines["h100", precision]


def model(line: Line) -> Machine:
    assert line.machine is not None
    return line.machine


def seconds(line: Line, width: int, batch: int) -> float:
    """Return a time that was measured, and not computed."""
    told = time_of(line, width, batch)
    assert told is not None
    assert told.kind == "measured"
    return told.seconds


def preset(name: str) -> tuple[int, int, str]:
    """Return a preset's width, batch and precision."""
    found = {key: default for key, (default, _parse) in names().items()} | PRESETS[name]
    return found["width"], found["batch"], found["precision"]


def test_question_asked() -> None:
    """The question, the page as it opens and the first preset are the same: the course's network, 16 pictures."""
    defaults = {name: default for name, (default, _parse) in names().items()}
    assert defaults | ASKED == defaults | PRESETS["course"] == defaults
    assert (defaults["width"], defaults["batch"], defaults["precision"], defaults["transfer"]) == (0, 16, "fp32", False)
    assert sizes(COURSE) == [784, 200, 100, 75, 10]
    assert (defaults["card"], card("h100").machine) == ("h100", "NVIDIA H100 80GB HBM3")


def test_rates_ratio() -> None:
    """The products of the H100, against the rate of one thread of the recorded machine: near 800, and below."""
    found = model(h100()).rate / model(here().lines["one", "fp32"]).rate
    assert 770 < found < 800


def test_card_loses_at_16() -> None:
    """Both were measured: 0.68 ms and 0.43 ms, 1.6 times as long; two threads are slower than one there."""
    taken, one = seconds(h100(), COURSE, 16), seconds(here().lines["one", "fp32"], COURSE, 16)
    assert (round(1000 * taken, 2), round(1000 * one, 2)) == (0.68, 0.43)
    assert taken / one == pytest.approx(1.6, abs=0.05)
    assert processor(here(), COURSE, 16) == ("one", one)


def test_launch_is_nearly_all() -> None:
    """By the model of the H100, more than 99 % of the question's update is launch."""
    cut = parts(model(h100()), COURSE, 16)
    assert cut.rules == "launch"
    assert cut.launch / cut.total > 0.99


def test_course_wins_from_64() -> None:
    """From 64 pictures on the card wins, at every stop of the slider; at 32 it loses."""
    assert wins_from(here(), h100(), COURSE, transfer=False) == 64
    assert ratio(here(), h100(), COURSE, 32, transfer=False) < 1  # type: ignore[operator]


def test_wide_wins_with_one() -> None:
    """With 1,024 neurons and one picture the card is 4.8 times faster; with the course's network it loses then."""
    assert preset("wide") == (1024, 1, "fp32")
    assert seconds(h100(), 1024, 1) < seconds(here().lines["one", "fp32"], 1024, 1)
    assert ratio(here(), h100(), 1024, 1, transfer=False) == pytest.approx(4.8, abs=0.05)
    assert ratio(here(), h100(), COURSE, 1, transfer=False) < 1  # type: ignore[operator]


def test_large_is_arithmetic() -> None:
    """By the model, 94 % of the time of the preset is arithmetic."""
    width, batch, precision = preset("large")
    cut = parts(model(h100(precision)), width, batch, precision)
    assert cut.rules == "arithmetic"
    assert cut.arithmetic / cut.total == pytest.approx(0.94, abs=0.005)


def test_sent_is_transfer() -> None:
    """Sending 4,096 pictures takes longer than the measured update, and is the longest part of the model's."""
    width, batch, precision = preset("sent")
    assert PRESETS["sent"]["transfer"]
    sent = transfer_of(h100(precision), batch)
    assert sent > seconds(h100(precision), width, batch)
    assert parts(model(h100(precision)), width, batch, precision, sent).rules == "transfer"


def test_half_is_faster() -> None:
    """At 4,096 neurons and 16,384 pictures BF16 is 11 times faster than FP32; both were measured."""
    width, batch, precision = preset("half")
    assert (width, batch, precision) == (4096, 16_384, "bf16")
    assert seconds(h100("fp32"), width, batch) / seconds(h100("bf16"), width, batch) == pytest.approx(11, abs=0.5)


def test_half_is_slower_when_small() -> None:
    """In the question's update BF16 takes longer than FP32, on both cards, and gives more orders."""
    for name in CARDS:
        lines = card(name).lines
        assert seconds(lines[name, "bf16"], COURSE, 16) > seconds(lines[name, "fp32"], COURSE, 16)
    assert sum(orders(torch.bfloat16).values()) > sum(orders(torch.float32).values())


def test_card_is_flat() -> None:
    """For the course's network the H100 takes between 0.64 and 1.0 ms, whatever the batch."""
    taken = [1000 * seconds(h100(), COURSE, batch) for batch in BATCHES]
    assert (round(min(taken), 2), round(max(taken), 1)) == (0.64, 1.0)


def test_same_time_for_more() -> None:
    """From 16 to 4,096 pictures: 0.68 ms, then 0.71 ms; 256 times as many."""
    assert [round(1000 * seconds(h100(), COURSE, batch), 2) for batch in (16, 4096)] == [0.68, 0.71]
    assert 4096 / 16 == 256


def test_card_wins_at_the_end() -> None:
    """With 16,384 pictures of the course's network, the H100 is 140 times faster than both threads."""
    assert processor(here(), COURSE, 16_384)[0] == "all"  # type: ignore[index]
    assert here().threads == 2
    assert ratio(here(), h100(), COURSE, 16_384, transfer=False) == pytest.approx(140, abs=1)


def test_host_needs_more() -> None:
    """Against the 16 threads beside the card, the course's network needs 512 pictures; against ours 64."""
    assert host("h100").threads == 16
    assert wins_from(host("h100"), h100(), COURSE, transfer=False) == 512
    assert wins_from(here(), h100(), COURSE, transfer=False) == 64


def test_never_wins_when_sent() -> None:
    """On the narrowest network, pictures sent each time: the card loses to its host at every stop."""
    faster = [ratio(host("h100"), h100(), 16, batch, transfer=True) for batch in STOPS]
    assert all(found is not None and found < 1 for found in faster)


def test_transfer_grows() -> None:
    """The recorded transfers of the H100: 21 µs for a picture, 1 ms for 4,096, growing all the way."""
    sent = [transfer_of(h100(), batch) for batch in BATCHES]
    assert sent == sorted(sent)
    assert 1e6 * sent[0] == pytest.approx(21, abs=0.5)
    assert 1e3 * transfer_of(h100(), 4096) == pytest.approx(1.0, abs=0.05)


class Orders(TorchDispatchMode):
    """Counts the operations that torch is asked for."""

    found: Counter[str]

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Count, and compute."""
        self.found[".".join(str(func).split(".")[:2])] += 1
        return func(*args, **(kwargs or {}))


def orders(dtype: torch.dtype = torch.float32) -> Counter[str]:
    """Return the operations of one update of the course's network."""
    work, x, y = step(network(COURSE, "cpu"), "cpu", dtype), torch.rand(16, 784), torch.randint(0, 10, (16,))
    counted = Orders()  # type: ignore[no-untyped-call]
    counted.found = Counter()
    with counted:
        work(x, y)
    return counted.found


def test_orders_of_a_step() -> None:
    """Torch itself says: 58 operations, 27 of which compute."""
    found = orders()
    assert sum(found.values()) == 58
    assert sum(times for name, times in found.items() if name not in LOOKS) == 27


def test_overhead_for_an_order() -> None:
    """0.61 ms, for each operation that computes."""
    overhead = model(h100()).overhead
    assert round(1000 * overhead, 2) == 0.61
    assert round(1e6 * overhead / 27) == 22


def test_operations_are_counted() -> None:
    """Torch's own counter finds the same number in every network; without the first layer's third it is ×3."""
    for width in (16, 64, COURSE, 256):
        work = step(network(width, "cpu"), "cpu", torch.float32)
        with FlopCounterMode(display=False) as counter:
            work(torch.rand(16, 784), torch.randint(0, 10, (16,)))
        assert counter.get_total_flops() == operations(width, 16)
        forward = sum(2 * fan_in * fan_out * 16 for fan_in, fan_out in layers(width))
        assert operations(width, 16) == 3 * forward - 2 * 784 * sizes(width)[1] * 16
    assert operations(COURSE, 16) / 1e6 == pytest.approx(12.7, abs=0.05)


def test_sheet_has_no_overhead() -> None:
    """The sheet's time of a small update is below every measured one; nothing but bytes and operations enters it."""
    for batch in (1, 4, 16, 64):
        promised = max(moved_bytes(COURSE, batch) / T4.bandwidth, operations(COURSE, batch) / T4.rates["fp32"])
        lines = [here().lines["one", "fp32"], here().lines["all", "fp32"], h100(), card("h200").lines["h200", "fp32"]]
        assert promised < min(seconds(line, COURSE, batch) for line in lines)
    assert T4.rates["fp32"] / T4.bandwidth == pytest.approx(25, abs=0.5)


def test_half_as_many_bits() -> None:
    """Torch's own numbers: 32 bits and 16; what the batch moves is halved, as the bytes of the picture count it."""
    assert (torch.finfo(torch.float32).bits, torch.finfo(torch.bfloat16).bits) == (32, 16)
    grows = {name: moved_bytes(COURSE, 2, name) - moved_bytes(COURSE, 1, name) for name in ("fp32", "tf32", "bf16")}
    assert grows["bf16"] * 2 == grows["fp32"] == grows["tf32"]


def test_card_fit_has_one_number() -> None:
    """Of a recorded card only the overhead is fitted: bandwidth and rate are those of its copies and products."""
    from core.gpu.recorded import known_of, raw

    for name in CARDS:
        for precision in ("fp32", "tf32", "bf16"):
            found = model(card(name).lines[name, precision])
            assert (found.bandwidth, found.rate) == known_of(raw(name), precision)
    one, both = (model(here().lines[name, "fp32"]) for name in ("one", "all"))
    assert one.bandwidth != both.bandwidth
    assert one.rate != both.rate


def test_errors_are_left_out() -> None:
    """A point measured ten times too long changes its own error, and none of those put aside with it."""
    from core.gpu.model import FOLDS, Point, errors_left_out

    points = list(here().lines["one", "fp32"].points)
    before = errors_left_out(points)
    points[5] = Point(points[5].width, points[5].batch, 10 * points[5].seconds)
    after = errors_left_out(points)
    assert FOLDS == 4
    assert after[5] + 1 == pytest.approx((before[5] + 1) / 10)
    same = [at for at in range(len(points)) if at % FOLDS == 5 % FOLDS and at != 5]
    assert after[same] == pytest.approx(before[same])


def test_recorded_errors() -> None:
    """Between 8 and 21 % on every recorded line that the page shows."""
    lines = [*here().lines.values(), *(line for name in CARDS for line in card(name).lines.values())]
    found = [round(100 * line.error) for line in lines]
    assert (min(found), max(found)) == (8, 21)


def test_one_device_for_all() -> None:
    """In the code tab, generator, tensors and parameters are given the device; it is named in one line alone."""
    source = torch_source(COURSE, 16, str)
    for call in ("torch.Generator(", "torch.rand(", "torch.randint(", "nn.Linear("):
        found = [line for line in source.splitlines() if call in line]
        assert found
        assert all("device=device" in line for line in found)
    assert len(re.findall(r"^device = ", source, re.MULTILINE)) == 1


def test_keras_names_no_device() -> None:
    """Keras' code puts nothing anywhere, and its weights are where Keras' own choice falls: a card that it finds.

    Which device it finds is asked of Keras itself, with "meta" in the place of a card.
    """
    source = keras_source(COURSE, 16, str)
    assert not re.search(r"\.to\(|device=|cuda|\.cpu\(", source)
    network_alone = source.split("# %% One update", 1)[0]
    done = subprocess.run(
        [sys.executable, "-c", network_alone], env=os.environ | {"KERAS_TORCH_DEVICE": "meta"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "meta"


def test_five_mistakes() -> None:
    """Five cases, and torch complains of each on a card; each has its words in the lesson."""
    assert len(CASES) == len(REPAIRS) == 5
    for case in CASES:
        assert re.match(r"(Runtime|Type)Error: ", recorded(case, "h100"))
        for language in ("fr", "en"):
            assert load("gpu", language).section(f"text-error-{case}").body


def test_words_are_recorded() -> None:
    """Every piece of a message that the lesson explains stands in what was recorded, on both cards."""
    for language in ("fr", "en"):
        for case in CASES:
            body = load("gpu", language).section(f"text-error-{case}").body
            pieces = re.findall(r"^- `([^`]+)`", body, re.MULTILINE)
            assert pieces, case
            for piece in pieces:
                for name in CARDS:
                    assert piece in recorded(case, name), (case, piece)


def test_mat1_is_x() -> None:
    """Torch's signature of the operation: addmm(input, mat1, mat2); a linear layer hands it bias, x and weights."""
    assert "mat1 is on cpu" in recorded("linear", "h100")
    seen: list[tuple[int, ...]] = []

    class See(TorchDispatchMode):
        def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            if "addmm" in str(func):
                names = [argument.name for argument in func._schema.arguments]
                assert names[:3] == ["self", "mat1", "mat2"]
                seen.append(tuple(args[1].shape))
            return func(*args, **(kwargs or {}))

    with See():  # type: ignore[no-untyped-call]
        torch.nn.Linear(784, 10)(torch.rand(32, 784))
    assert seen == [(32, 784)]


def test_addmm_is_linear() -> None:
    """A linear layer with a bias calls addmm, once; the recorded message names it."""
    assert "wrapper_CUDA_addmm" in recorded("linear", "h100")
    assert orders()["aten.addmm"] == len(sizes(COURSE)) - 1


def test_generator_is_on_cpu() -> None:
    """A generator without a device is the processor's, as the message says."""
    assert torch.Generator().device.type == "cpu"
    assert "but found 'cpu'" in recorded("generator", "h100")


def test_meta_draws_nothing() -> None:
    """On meta the fourth case says nothing, and what it gives holds no number; the four others complain."""
    device, said = provoke("meta")
    assert device == "meta"
    assert {case for case, words in said.items() if not words} == {"generator"}
    with pytest.raises(RuntimeError, match="meta"):
        torch.rand(3, device="meta", generator=torch.Generator()).sum().item()
