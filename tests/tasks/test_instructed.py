"""Supervised fine-tuning: what counts, what is read and written, LoRA against peft, and the shipped run."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from core.files import RUNS
from core.runs.run import from_bytes
from core.stories import instructions
from core.stories.instructions import held_out
from core.tasks.instructed import task as instructed
from core.tasks.instructed.drawing import LONGEST, drawn
from core.tasks.instructed.kept import kept, load
from core.tasks.instructed.lora import LoRA, adapted
from core.tasks.instructed.pairs import CONTEXT, END, encode, places, prompt
from core.tasks.instructed.reading import hidden, logits, weights_in
from core.tasks.instructed.settings import InstructedSettings
from core.tasks.instructed.task import Instructed, fresh, judge, logits_of, merged, questions, texts
from core.tasks.instructed.writing import Rows, write
from core.tasks.mini_gpt2 import published
from core.tasks.mini_gpt2.task import IGNORED
from core.tasks.registry import frames
from core.training.frames import Frame
from core.training.optimizers import make_step
from core.training.settings import SettingsError

QUICK = InstructedSettings(pairs=12, batch_size=4)


@pytest.fixture
def _few_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask less at each measurement."""
    monkeypatch.setattr(instructed, "ASKED", 3)
    monkeypatch.setattr(instructed, "ASKED_AT_END", 4)


def run(settings: InstructedSettings) -> list[Frame]:
    return [frame for frame in frames(settings) if frame.measured]


def test_only_the_answer_and_its_end_count() -> None:
    """As many targets as the story has tokens, and one end; without the mask, the instruction's tokens too."""
    tokens, some = published.tokenizer(), drawn(40, 3)
    masked, whole = encode(some), encode(some, masked=False)
    for row, (asked, story) in enumerate(some):
        told, given = tokens.encode(story).ids, prompt(asked)
        wanted = masked.targets[row][masked.targets[row] != IGNORED].tolist()
        assert wanted == [*told, END]
        assert (whole.targets[row] != IGNORED).sum() == len(told) + len(given)
        assert masked.inputs[row, : len(given) + len(told)].tolist() == [*given, *told]
        assert len(given) + len(told) <= LONGEST + 1
        at = places(masked.inputs[row : row + 1].long())[0]
        assert at[len(given) - 1 : len(given) + len(told)].tolist() == list(range(len(told) + 1))
        assert int(at.max()) < CONTEXT


def test_no_pair_of_training_is_held_out_and_all_that_are_asked_are() -> None:
    """The hero and the object of a held-out question are in no training pair together."""
    for _asked, story in drawn(200, 1):
        about = instructions.about(story)
        assert about is not None
        assert not held_out(about.hero, about.thing)
    assert all(held_out(asked.hero, asked.thing) for asked in questions())


def test_texts_are_read_as_transformers_reads_them() -> None:
    """Our products against transformers' own model, given the same places: logits within 1e-4."""
    model, inputs = fresh().eval(), encode(drawn(6, 5)).inputs.long()
    ours = logits_of(model, inputs)
    theirs = model(input_ids=inputs, position_ids=places(inputs), attention_mask=torch.ones_like(inputs)).logits
    torch.testing.assert_close(ours, theirs, atol=1e-4, rtol=1e-4)


def test_rows_of_different_prompts_are_written_as_each_would_be_alone() -> None:
    """Greedily, four together and one by one: the same tokens; each is the likeliest where the text is read whole."""
    model, asked = fresh().eval(), questions()[:4]
    generator = torch.Generator().manual_seed(0)
    together = write(model, [prompt(one) for one in asked], generator, 0.0)
    for one, told in zip(asked, together, strict=True):
        assert write(model, [prompt(one)], generator, 0.0) == [told]
        text = torch.tensor([[*prompt(one), *told]])
        wanted = logits_of(model, text[:, :-1])[0, len(prompt(one)) - 1 :].argmax(-1)
        assert wanted.tolist() == told
    reader = Rows(model, 1, 60)
    first = reader.logits(text[:, :9], places(text)[:, :9])
    torch.testing.assert_close(first, logits_of(model, text)[:, 8], atol=1e-4, rtol=1e-4)


@pytest.mark.filterwarnings("ignore::FutureWarning")  # peft asks transformers in an older word
def test_lora_is_pefts() -> None:
    """The same A and B in peft's own LoRA on the same matrices: the same logits, before and after B is moved."""
    from peft import LoraConfig, get_peft_model

    ours = LoRA(fresh(), 4, 8.0, torch.Generator().manual_seed(1))
    config = LoraConfig(r=4, lora_alpha=8, target_modules=["c_attn", "c_proj", "c_fc"], fan_in_fan_out=True)
    theirs = get_peft_model(fresh(), config).eval()
    inputs = encode(drawn(2, 5)).inputs.long()
    for moved in (0.0, 0.02):
        for up in ours.ups:
            up.data.normal_(0, moved, generator=torch.Generator().manual_seed(2)) if moved else up.data.zero_()
        for name, down, up in zip(ours.names, ours.downs, ours.ups, strict=True):
            module = theirs.base_model.model.get_submodule(name.removesuffix(".weight"))
            module.lora_A["default"].weight.data = down.detach().T.clone()
            module.lora_B["default"].weight.data = up.detach().T.clone()
        found = logits_of(ours, inputs)
        seen = torch.ones_like(inputs)
        expected = theirs(input_ids=inputs, position_ids=places(inputs), attention_mask=seen).logits
        torch.testing.assert_close(found, expected, atol=1e-4, rtol=1e-4)
        torch.testing.assert_close(logits_of(merged(ours), inputs), found, atol=1e-4, rtol=1e-4)


def losses(model: torch.nn.Module, weights: list[Tensor], rate: float = 0.002) -> list[float]:
    """Train these weights for some updates on the same pairs; return the loss before each."""
    examples, found = encode(drawn(4, 5)), []
    only = torch.nn.ParameterList(weights)
    step = make_step(replace(QUICK, optimizer="sgd"), only)
    for _update in range(4):
        answers = logits_of(model, examples.inputs.long())
        loss = F.cross_entropy(answers.flatten(0, 1), examples.targets.flatten().long(), ignore_index=IGNORED)
        step(torch.autograd.grad(loss, list(only)), rate * 50)
        found.append(loss.item())
    return found


def test_lora_of_full_rank_with_a_at_the_identity_follows_full_fine_tuning() -> None:
    """A = 1, r = the matrix's side, α = r: each loss is that of moving the matrices themselves; a drawn A's is not."""
    whole = fresh()
    named = dict(whole.named_parameters())
    full = losses(whole, [named[name] for name in adapted(whole)])
    at_identity = LoRA(fresh(), 640, 640.0, torch.Generator(), identity=True)
    plain = LoRA(fresh(), 160, 160.0, torch.Generator().manual_seed(1))
    np.testing.assert_allclose(losses(at_identity, list(at_identity.ups)), full, rtol=1e-4)
    assert abs(losses(plain, list(plain.parameters()))[-1] - full[-1]) > 0.01
    assert full[-1] < full[0]


def test_lora_begins_as_the_published_model_and_leaves_it_alone() -> None:
    """B = 0 adds nothing; after an update the model that is adapted has the weights that it had."""
    task = Instructed(replace(QUICK, way="lora", learning_rate=0.1))
    model = task.model(torch.Generator().manual_seed(1))
    assert isinstance(model, LoRA)
    before = copy.deepcopy(model.whole.state_dict())
    inputs = task.examples().inputs[:2].long()
    torch.testing.assert_close(logits_of(model, inputs), logits_of(fresh(), inputs))
    losses(model, list(model.parameters()))
    assert all(torch.equal(weight, before[name]) for name, weight in model.whole.state_dict().items())
    assert sum(weight.numel() for weight in model.parameters()) < 100_000


@pytest.mark.usefixtures("_few_questions")
@pytest.mark.parametrize("way", ["all", "lora"])
def test_equal_settings_give_equal_frames_and_what_is_kept_writes_again(way: str) -> None:
    """Twice the same numbers, answers and weights; the kept model, read back, has the loss of its frame."""
    settings = replace(QUICK, way=way, rank=2)
    one, other = run(settings), run(settings)
    for mine, theirs in zip(one, other, strict=True):
        assert {n: v for n, v in mine.metrics.items() if v == v} == {n: v for n, v in theirs.metrics.items() if v == v}
        assert all(np.array_equal(mine.arrays[name], theirs.arrays[name]) for name in mine.arrays)
        assert set(mine.without_weights().arrays) == set(mine.arrays)  # a run that is stopped leaves its last model
    model = load(kept(one[-1].arrays), fresh()).eval()
    assert instructed.answer_loss(model, instructed.measured_on()[0]) == pytest.approx(
        one[-1].metrics["answer_loss"], rel=0.02
    )
    assert one[-1].metrics["answer_loss"] < one[0].metrics["answer_loss"]


@pytest.mark.usefixtures("_few_questions")
def test_a_rate_that_is_too_high_is_survived() -> None:
    """Learning rate 1: the run ends, diverged or not, with frames that say what they can."""
    found = run(replace(QUICK, learning_rate=1.0))
    assert found[-1].metrics["obeyed"] == 0


def test_the_shipped_run_reaches_what_the_page_promises() -> None:
    """The default run: nothing is obeyed before, at least 95 % of held-out instructions after; its answers say so."""
    settings = InstructedSettings()
    found = from_bytes((RUNS / f"{settings.run_id}.safetensors").read_bytes(), recorded=True)
    first, last = found.measured[0], found.measured[-1]
    assert first.metrics["obeyed"] == 0
    assert last.metrics["obeyed"] >= 0.95
    assert (
        last.metrics["plain_loss"] > first.metrics["plain_loss"]
    )  # the style of the answers is not that of all stories
    told = [[token for token in row if token >= 0] for row in last.arrays["told"].tolist()]
    judged = [judge(asked, text)[1] for asked, text in zip(questions(), texts(told), strict=False)]
    assert judged == last.arrays["obeyed"].tolist()
    model = load(kept(last.arrays), fresh()).eval()
    again = write(model, [prompt(one) for one in questions()[:16]], torch.Generator().manual_seed(3), 0.5)
    assert sum(judge(*pair)[1] for pair in zip(questions(), texts(again), strict=False)) >= 14


@pytest.mark.parametrize("setting", [{"pairs": 0}, {"rank": 161}, {"way": "prompt"}, {"epochs": -1}, {"wishes": "two"}])
def test_absurd_settings_are_refused(setting: dict[str, Any]) -> None:
    """Out of bounds never reaches a worker."""
    with pytest.raises(SettingsError):
        InstructedSettings(**setting)


def test_gradients_flow_to_all_weights_that_learn_and_to_no_others() -> None:
    """Every weight of the model has a gradient; with LoRA, A and B alone."""
    for model in (fresh(), LoRA(fresh(), 2, 2.0, torch.Generator().manual_seed(1))):
        examples = encode(drawn(2, 5))
        weights = weights_in(model)
        inputs = examples.inputs.long()
        loss = logits(weights, hidden(weights, inputs, places(inputs))).square().mean()
        gradients = torch.autograd.grad(loss, list(model.parameters()), allow_unused=True)
        assert all(gradient is not None for gradient in gradients)
