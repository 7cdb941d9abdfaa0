"""Every sentence of the page on Keras and PyTorch, computed: one test for each claim of its lessons."""

from __future__ import annotations

import math
import os
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from core.files import from_base64
from core.keras_pytorch import both, freedom
from core.keras_pytorch.cases import CASES, case
from core.keras_pytorch.engine import Loop
from core.keras_pytorch.loops import letters, program
from core.keras_pytorch.presets import PRESETS, recorded
from core.keras_pytorch.program import fragments
from core.keras_pytorch.settings import COURSE, SUBJECTS, LoopSettings, possible
from core.keras_pytorch.shown_code import sources
from core.keras_pytorch.traces import error_of, trace_of
from core.runs.run import Run
from core.runs.store import RunStore
from tests.helpers import open_page
from tests.keras_pytorch.wishes import said

CHANCE = {"letters": math.log(37), "digits": math.log(10)}


def keras_on_torch() -> Any:
    """Return Keras on the backend that the course uses."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    import keras

    return keras


@cache
def shipped(settings: LoopSettings) -> Run:
    """Return a recorded run."""
    found = RunStore(url="/nonexistent").find(settings)
    assert found is not None
    return found


def fault(subject: str, name: str) -> Run:
    """Return the recorded run with one fault."""
    return shipped(replace(COURSE[subject], faults=(name,)))


def validation(run: Run) -> dict[int, float]:
    """Return the validation loss by update."""
    return {frame.update: frame.metrics["validation_loss"] for frame in run.measured}


def training(run: Run) -> dict[int, float]:
    """Return the training loss by update: the mean since the frame before."""
    return {frame.update: frame.metrics["running_loss"] for frame in run.frames if frame.update}


def made(run: Run, turn: int, piece: str) -> dict[str, dict[str, Any]]:
    """Return what a statement made at a turn that was run line by line, by name."""
    steps = next(told["steps"] for told in trace_of(run.frames) if told["turn"] == turn)
    return {news["name"]: news for name, news_of in steps if name == piece for news in news_of}


# ---- the question and the presets


def test_gradients_add_up() -> None:
    """Without the reset the gradient of W1 grows from turn to turn, to almost twice its due at the third."""
    for subject in SUBJECTS:
        lengths = [made(fault(subject, "no_reset"), turn, "backward")["W1.grad"]["length"] for turn in (1, 2, 3)]
        healthy = [made(shipped(COURSE[subject]), turn, "backward")["W1.grad"]["length"] for turn in (1, 2, 3)]
        assert lengths[0] == healthy[0]
        assert lengths[0] < lengths[1] < lengths[2]
        assert 1.7 < lengths[2] / healthy[2] < 2.4
    w = torch.ones(1, requires_grad=True)
    for _ in range(3):
        (5 * w).backward()
    assert w.grad is not None
    assert w.grad.item() == 15


def test_forgetting_raises_nothing() -> None:
    """The run without a reset goes to its last update without an error; Python's warnings are errors in these tests."""
    run = fault("letters", "no_reset")
    assert error_of(run.frames) is None
    assert run.frames[-1].update == COURSE["letters"].updates


def test_faster_at_first() -> None:
    """During the first ten turns the validation loss is lower without a reset than with it; at the first, equal."""
    broken, healthy = validation(fault("letters", "no_reset")), validation(shipped(COURSE["letters"]))
    assert broken[1] == healthy[1]
    assert all(broken[turn] < healthy[turn] for turn in (2, 3, 6, 10))


def test_forgotten_explodes() -> None:
    """The validation loss falls to 19.8, then ends beyond 29,000."""
    losses = validation(shipped(PRESETS["forgotten"]))
    assert round(min(losses.values()), 1) == 19.8
    assert losses[200_000] > 29_000


def test_keras_resets() -> None:
    """In `fit` each batch's gradients are its own, and no line says so: the same losses as the loop that resets."""
    losses = both.recorded()["losses"]["letters"]
    assert both.largest_difference(losses) < 0.05
    assert "grad" not in program(COURSE["letters"]).keras
    body = [piece.id for piece in program(COURSE["letters"]).body]
    assert body == ["draw", "emb", "hidden", "logits", "loss", "reset", "backward", "rate", "step", "validate"]


def test_preset_letters() -> None:
    """The course's loop: 200,000 updates, from 28.0 to 2.19; its first training loss is 30.5."""
    losses = validation(shipped(PRESETS["letters"]))
    assert PRESETS["letters"] == COURSE["letters"] == LoopSettings(updates=200_000)
    assert round(losses[1], 1) == 28.0
    assert round(losses[200_000], 2) == 2.19
    assert round(training(shipped(PRESETS["letters"]))[1], 1) == 30.5


def test_shifted_answer_is_in_sight() -> None:
    """With `Y[ix - 1]` the answer is that of the example before: on letters, the last letter that is seen."""
    data = Loop(COURSE["letters"]).given
    for settings in (fault(subject, "shifted_labels").settings for subject in SUBJECTS):
        assert isinstance(settings, LoopSettings)
        assert "Y[ix - 1]" in program(settings).source
    X, Y = data["X"], data["Y"]
    inside = X[1:, -1] != 0  # a word's first context ends with the mark of the end
    assert torch.equal(Y[:-1][inside], X[1:, -1][inside])


def test_preset_shifted() -> None:
    """With shifted answers the training loss ends below a thousandth, while that of validation climbs above 40."""
    run = shipped(PRESETS["shifted"])
    assert training(run)[200_000] < 0.001
    losses = validation(run)
    assert losses[200_000] > 40 > 29 > losses[1]


def test_preset_digits() -> None:
    """The MLP of the course, Adam and dropout: in 2,000 updates from 2.27 to 0.089."""
    settings = PRESETS["digits"]
    losses = validation(shipped(settings))
    assert (settings.updates, settings.dropout) == (2_000, 0.2)
    assert "torch.optim.Adam" in program(settings).source
    assert (round(losses[1], 2), round(losses[2_000], 3)) == (2.27, 0.089)


def test_preset_sorted() -> None:
    """Sorted, each batch holds one digit, first 0, later the others; the validation loss ends far above chance."""
    run = shipped(PRESETS["sorted"])
    assert set(made(run, 1, "y")["y"]["values"]) == {0}
    assert made(run, 2, "y") == {}  # nothing new: zeros again
    labels = Loop(COURSE["digits"]).given["Y"]
    batches = labels[labels.argsort(stable=True)].split(64)
    assert sum(len(batch.unique()) == 1 for batch in batches) / len(batches) > 0.98
    assert [int(batch[0]) for batch in (batches[0], batches[400], batches[800])] == [0, 4, 9]
    assert min(training(run).values()) < 0.001
    assert validation(run)[2_000] > 2 * CHANCE["digits"]


def test_twice_has_a_floor() -> None:
    """A softmax of zeros and a one costs 1.46 nats, whatever comes before; the recorded run ends just above."""
    perfect = torch.eye(10)
    assert F.cross_entropy(perfect, torch.arange(10)).item() == pytest.approx(1.4612, abs=1e-4)
    assert -math.log(math.e / (math.e + 9)) == pytest.approx(1.4612, abs=1e-4)
    confident = F.cross_entropy((1_000 * perfect).softmax(1), torch.arange(10)).item()
    assert confident == pytest.approx(1.4612, abs=1e-4)
    assert 1.46 < min(training(shipped(PRESETS["twice"])).values()) < 1.55


# ---- cases


def test_case_has_one_fault() -> None:
    """Whatever the case, one statement does something else than it says."""
    for number in range(1, 4 * len(CASES)):
        settings = case(number).settings
        assert sum(piece.damaged for piece in program(settings).pieces) == len(settings.faults) == 1


def test_twice_begins_at_chance() -> None:
    """With two softmaxes the first loss is chance's to two hundredths of it, and the scores' spread is at most one."""
    for subject, chance in CHANCE.items():
        run = fault(subject, "softmax_twice")
        assert training(run)[1] == pytest.approx(chance, rel=0.02)
        healthy = training(shipped(COURSE[subject]))[1]
        assert abs(healthy - chance) > abs(training(run)[1] - chance)
    spread = torch.tensor([[40.0, -40.0, 0.0]]).softmax(1)
    assert 0 <= spread.min() <= spread.max() <= 1
    assert spread.softmax(1).max() < 0.6


def test_wrong_sign_climbs() -> None:
    """Along the gradient the validation loss climbs from the first turns on, and ends beyond a million."""
    losses = validation(fault("letters", "wrong_sign"))
    assert losses[1] < losses[2] < losses[3] < losses[6] < losses[10]
    assert losses[1] > validation(shipped(COURSE["letters"]))[1]
    assert losses[200_000] > 1e6


def test_unshuffled_comes_in_order() -> None:
    """Without shuffling, letters come as 0, 1, 2…, and digits are zeros; with it, neither."""
    assert made(fault("letters", "no_shuffle"), 1, "draw")["ix"]["values"] == list(range(8))
    assert made(fault("letters", "no_shuffle"), 2, "draw")["ix"]["values"] == list(range(32, 40))
    assert made(shipped(COURSE["letters"]), 1, "draw")["ix"]["values"] != list(range(8))
    assert set(made(fault("digits", "no_shuffle"), 1, "y")["y"]["values"]) == {0}
    assert len(set(made(shipped(COURSE["digits"]), 1, "y")["y"]["values"])) > 2


def test_dropout_raises_validation() -> None:
    """Measured with dropout, the validation loss is higher from turn 10 on; the training loss is nearly the same."""
    broken, healthy = fault("digits", "dropout_on"), shipped(COURSE["digits"])
    for update, loss in validation(healthy).items():
        if update >= 10:
            assert validation(broken)[update] > 1.03 * loss, update
    ends = [np.mean(list(training(run).values())[-20:]) for run in (broken, healthy)]
    assert ends[0] == pytest.approx(ends[1], rel=0.1)
    lines = program(replace(COURSE["digits"], faults=("dropout_on",)))
    assert "network(X_val, training=True)" in lines.source
    kept = made(healthy, 1, "dropout")["kept"]
    assert 0.1 < 1 - np.mean(from_base64(kept["map"], "i1") > 0) < 0.3


# ---- both versions


def test_both_begin_alike() -> None:
    """The first loss of the loop and of `fit` is the same to six digits: same weights, same first batch."""
    for losses in both.recorded()["losses"].values():
        assert losses["loop"][0] == pytest.approx(losses["keras"][0], rel=1e-6)
        assert len(losses["loop"]) == len(losses["keras"]) == both.UPDATES


@pytest.mark.parametrize("subject", SUBJECTS)
def test_difference_is_computed(subject: str) -> None:
    """The page prints the largest difference of the shown losses; on letters it is a hundredth at most."""
    measured = both.recorded()["losses"][subject]
    largest = max(abs(a - b) for a, b in zip(measured["loop"], measured["keras"], strict=True))
    page = open_page("keras_pytorch", kp_subject=subject, lang="en")
    assert f"Largest difference between the two: **{float(f'{largest:.2g}'):g}**" in _prose(page)
    assert both.largest_difference(both.recorded()["losses"]["letters"]) < 0.01


def test_adam_has_two_places_for_epsilon() -> None:
    """On a tiny gradient the two Adams take different steps; they agree once Keras' ε is shrunk as its formula does."""
    keras = keras_on_torch()
    weight = torch.nn.Parameter(torch.ones(1))
    weight.grad = torch.tensor([1e-6])
    torch.optim.Adam([weight], lr=0.1, eps=1e-7).step()

    def step(epsilon: float) -> float:
        variable = keras.Variable(np.ones(1, "float32"))
        keras.optimizers.Adam(0.1, epsilon=epsilon).apply([keras.ops.convert_to_tensor([1e-6])], [variable])
        return float(variable.numpy()[0])

    assert abs(step(1e-7) - weight.item()) > 0.01
    assert step(1e-7 * math.sqrt(1 - 0.999)) == pytest.approx(weight.item(), abs=1e-5)


def test_times_are_computed() -> None:
    """The page prints the ratios of the recorded times at the smallest and the largest batch, 1 and 4,096."""
    seconds = both.recorded()["seconds"]["letters"]
    assert (both.BATCHES[0], both.BATCHES[-1]) == (1, 4_096)
    small, large = (seconds["keras"][at] / seconds["loop"][at] for at in (0, -1))
    said = _prose(open_page("keras_pytorch", lang="en"))
    assert f"**{float(f'{small:.2g}'):g} times** as long as the loop" in said
    assert f"4,096, {float(f'{large:.2g}'):g} times" in said


def test_fit_weighs_on_small_batches() -> None:
    """In both subjects `fit` takes several times as long at batch 1, and less than twice as long at batch 4,096."""
    for seconds in both.recorded()["seconds"].values():
        ratios = [keras / loop for keras, loop in zip(seconds["keras"], seconds["loop"], strict=True)]
        assert ratios[0] > 2.5
        assert ratios[-1] < 2


def test_wishes_end_alike() -> None:
    """Five wishes; both codes print the same accuracy, to two thousandths; the parts that are named are in them."""
    assert len(freedom.WISHES) == 5
    for wish in freedom.WISHES:
        ends = [float(said(wish, version).split()[-1]) for version in freedom.VERSIONS]
        assert ends[0] == pytest.approx(ends[1], abs=0.0021), wish
    keras = freedom.code("losses", "Keras", str)
    assert "loss_weights=[1, 0.5]" in keras
    assert "[digit, odd]" in keras
    assert all("class Gain(" in freedom.code("layer", version, str) for version in freedom.VERSIONS)


def test_watching_needs_the_loop() -> None:
    """To see a gradient in Keras the code has the loop's own lines: reset, backward, apply."""
    keras = freedom.code("look", "Keras", str)
    assert [line in keras for line in ("zero_grad()", "loss.backward()", "optimizer.apply")] == [True] * 3
    assert "print" in freedom.code("look", "PyTorch", str).split("optimizer.step()")[0]


# ---- levels and quiz


def test_steps_of_both() -> None:
    """Each line of the table is in the loop; the parts of Keras beside them exist, and two lines have none."""
    lines = program(COURSE["letters"])
    for text in ("ix = torch.randint(", "F.cross_entropy", "p.grad = None", "loss.backward()", "-rate * p.grad"):
        assert text in lines.source
    assert {"fit", "batch", "embedding", "loss", "optimizer"} <= {name for name, _text in fragments(lines.keras)}
    assert [piece.id for piece in lines.body if not piece.keras] == ["reset", "backward"]


def test_size_of_the_loop() -> None:
    """14,007 parameters; 200,000 updates of 32 are 6.4 million examples, over 19 times the 329,758 there are."""
    run = shipped(COURSE["letters"])
    shapes = [made(run, 0, name)[name]["shape"] for name in ("C", "W1", "b1", "W2", "b2")]
    assert sum(math.prod(shape) for shape in shapes) == 14_007
    read = COURSE["letters"].updates * COURSE["letters"].batch_size
    examples = len(Loop(COURSE["letters"]).given["X"])
    assert (read, examples) == (6_400_000, 329_758)
    assert 19 < read / examples < 20
    assert len(letters().characters) == 37


def test_keras_cuts_probabilities() -> None:
    """With a softmax in the network Keras' loss stays below 16.2, from logits it does not; the page takes logits."""
    keras = keras_on_torch()
    logits, right = np.array([[60.0, 0.0]], "float32"), np.array([1])
    cut = keras.losses.SparseCategoricalCrossentropy()(right, keras.ops.softmax(logits))
    assert float(cut) == pytest.approx(-math.log(1e-7), abs=0.01) == pytest.approx(16.1, abs=0.05)
    whole = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(right, logits)
    assert float(whole) == pytest.approx(60, abs=0.01)
    assert all("from_logits=True" in program(COURSE[subject]).keras for subject in SUBJECTS)


def test_forgotten_follows_the_sum() -> None:
    """Without a reset each parameter's gradient is the sum of the gradients of all batches so far, one by one."""
    settings = replace(COURSE["letters"], updates=10, faults=("no_reset",))
    from core.keras_pytorch.in_keras import prepared

    stepper = prepared(Loop(settings))
    total: Any = 0.0
    for update in range(5):
        before = {name: stepper.names[name].detach().clone() for name in ("C", "W1", "b1", "W2", "b2")}
        stepper.turn(update)
        leaves = {name: value.requires_grad_() for name, value in before.items()}
        ix = stepper.names["ix"]
        h = torch.tanh(leaves["C"][stepper.names["X"][ix]].view(-1, 30) @ leaves["W1"] + leaves["b1"])
        F.cross_entropy(h @ leaves["W2"] + leaves["b2"], stepper.names["Y"][ix]).backward()
        assert leaves["W1"].grad is not None
        total = total + leaves["W1"].grad
        assert torch.allclose(stepper.names["W1"].grad, total, atol=1e-5)
        assert torch.allclose(stepper.names["W1"].detach(), before["W1"].detach() - 0.1 * total, atol=1e-5)


def test_shown_code_runs() -> None:
    """The tab has the loop and the Keras code; that both run as they are is tested in test_shown_code."""
    versions = sources(COURSE["letters"], str)
    assert list(versions) == ["PyTorch", "Keras"]
    assert "loss.backward()" in versions["PyTorch"]
    assert "model.fit(" in versions["Keras"]


def test_faults_are_in_the_shown_code() -> None:
    """With each fault the shown loop is another program, and has what runs in the picture."""
    for subject in SUBJECTS:
        healthy = sources(COURSE[subject], str)["PyTorch"]
        for name in possible(subject):
            settings = replace(COURSE[subject], faults=(name,))
            shown = sources(settings, str)["PyTorch"]
            assert shown != healthy
            for piece in program(settings).prepare:
                assert piece.source in shown


def test_backward_moves_nothing() -> None:
    """`backward` tells of gradients only, one for each parameter; the values move in the statement of the update."""
    for subject, parameters in {"letters": 5, "digits": 8}.items():
        run = shipped(COURSE[subject])
        after = made(run, 1, "backward")
        assert len(after) == parameters
        assert all(name.endswith(".grad") for name in after)
        moved = made(run, 1, "step")
        assert [f"{name}.grad" for name in moved] == list(after)
        assert made(run, 1, "loss")["loss"]["shape"] == []


def test_fit_counts_64() -> None:
    """Keras itself makes 64 updates of 1,000 examples by 32 in two epochs."""
    keras = keras_on_torch()
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(np.zeros((1_000, 1)), np.zeros((1_000, 1)), batch_size=32, epochs=2, verbose=0)
    assert int(model.optimizer.iterations) == 64 == 2 * (31 + 1)
    assert 1_000 - 31 * 32 == 8


def test_healthy_leaves_chance() -> None:
    """Within a hundred turns the healthy network on digits is far below the loss of chance."""
    assert validation(shipped(COURSE["digits"]))[56] < 0.5 * CHANCE["digits"]


def test_shifted_stays_at_chance() -> None:
    """With shifted answers the digits' training loss stays at ln 10 = 2.30 from the hundredth update to the last."""
    late = [loss for update, loss in training(fault("digits", "shifted_labels")).items() if update > 1_000]
    assert np.mean(late) == pytest.approx(math.log(10), abs=0.01)
    assert f"{math.log(10):.2f}" == "2.30"


def test_most_faults_are_silent() -> None:
    """Of the recorded faults, ten run to their last update; the three that raise are a wrong size and torch's check."""
    failures = [error_of(shipped(settings).frames) for settings in recorded().values() if settings.faults]
    assert failures.count(None) == 10
    assert len(failures) == 13


def _prose(page: Any) -> str:
    return "\n".join(element.value for element in page.markdown)
