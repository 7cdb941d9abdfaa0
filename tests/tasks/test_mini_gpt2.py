"""The mini GPT-2: it learns through the shared loop, goes on where it ended, and its files are checked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from core.stories import language as stories
from core.tasks.mini_gpt2 import published, tokenizer
from core.tasks.mini_gpt2.publish import publish
from core.tasks.mini_gpt2.published import WeightsError
from core.tasks.mini_gpt2.settings import MiniGPT2Settings
from core.tasks.mini_gpt2.task import IGNORED, MiniGPT2, encode, nats_per_token
from core.tasks.mini_gpt2.tokenizer import END, learn
from core.tasks.mini_gpt2.weights import pack, pack_added, unpack
from core.training.loop import train
from core.training.settings import SettingsError

TINY = MiniGPT2Settings(
    width=16,
    layers=1,
    heads=2,
    updates=30,
    stories=200,
    validation_stories=20,
    batch_size=8,
    vocabulary=300,
    context=512,
)


@pytest.fixture(scope="module")
def _few_stories_for_the_tokenizer() -> Iterator[None]:
    """Let the merges of a tiny model come from fewer stories: drawing 20,000 takes ten seconds for each training."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenizer, "LEARNED_FROM", 500)
        yield


@pytest.fixture(scope="module")
def trained(_few_stories_for_the_tokenizer: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Train a tiny model into a folder."""
    folder = tmp_path_factory.mktemp("mini")
    publish(TINY, folder, "cpu", 1, written=20)
    return folder


def test_equal_settings_give_equal_frames() -> None:
    """The shared loop, twice: the same losses to the last digit, and they fall."""
    tokens = learn(300, stories.corpus(200, 3))
    runs = [[frame.metrics for frame in train(MiniGPT2(TINY, tokens), TINY) if frame.measured] for _ in range(2)]
    assert [m["validation_loss"] for m in runs[0]] == [m["validation_loss"] for m in runs[1]]
    assert runs[0][-1]["validation_loss"] < runs[0][0]["validation_loss"]


def test_the_loss_does_not_depend_on_the_padding() -> None:
    """Stories alone or padded beside longer ones have the same surprise."""
    tokens = published.tokenizer()
    model = published.load_checkpoint(attention="sdpa")
    texts = stories.corpus(6, 9)
    together = encode(texts, tokens, 192)
    alone = [encode([text], tokens, 192) for text in texts]
    counts = [(item.targets != IGNORED).sum().item() for item in alone]
    mean = sum(nats_per_token(model, item) * n for item, n in zip(alone, counts, strict=True)) / sum(counts)
    assert nats_per_token(model, together) == pytest.approx(mean, rel=1e-4)


def test_an_interrupted_training_leaves_a_usable_folder(trained: Path) -> None:
    """The record names only files that exist, with their hashes; every age loads."""
    published.record.cache_clear()
    for update in published.checkpoints(trained):
        assert published.load_checkpoint(update, trained).config.n_layer == 1
    assert json.loads((trained / published.RECORD).read_text())["judged"]["written"] == 20


def test_a_training_goes_on_where_another_ended(trained: Path, tmp_path: Path) -> None:
    """Updates are counted on, the earlier ages are kept, and the loss begins where it ended."""
    publish(TINY, tmp_path, "cpu", 1, start=trained, written=20)
    published.record.cache_clear()
    record, before = published.record(tmp_path), published.record(trained)
    assert published.checkpoints(tmp_path) == [*published.checkpoints(trained), 60]
    assert [point["update"] for point in record["curve"]][-1] == 60
    assert record["before"] == [before["settings"]]
    assert record["curve"][-1]["validation_loss"] < before["curve"][-1]["validation_loss"]
    for update in published.checkpoints(tmp_path):
        published.load_checkpoint(update, tmp_path)


def test_a_damaged_or_missing_file_is_found_out(trained: Path, tmp_path: Path) -> None:
    """One bit of the weights changed, or the file gone: an error that names the file."""
    folder = tmp_path / "damaged"
    shutil.copytree(trained, folder)
    weights = folder / published.WEIGHTS
    data = weights.read_bytes()
    weights.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(WeightsError, match="SHA-256"):
        published.load_checkpoint(None, folder)
    weights.unlink()
    with pytest.raises(WeightsError, match="not found"):
        published.load_checkpoint(None, folder)
    with pytest.raises(WeightsError, match="no checkpoint"):
        published.load_checkpoint(12345, folder)
    with pytest.raises(WeightsError, match="not found"):
        published.record(tmp_path / "nowhere")


def test_what_an_age_adds_comes_back_within_half_a_step_and_no_error_adds_up() -> None:
    """Four bits a number: each age of a chain is half a step of its own from the truth, however long the chain."""
    generator = torch.Generator().manual_seed(4)
    truth = torch.zeros(6, 10)
    before: dict[str, torch.Tensor] = {}
    for _age in range(8):
        truth = truth + 0.01 * torch.randn(6, 10, generator=generator)
        stored = pack_added({"w": truth, "b": truth[0].half().float()}, before)
        assert stored["w"].shape == (6, 5)
        before = unpack(stored, before)
        assert ((before["w"] - truth).abs() <= 0.51 * stored["w.scale"].float()[:, None]).all()
        assert torch.equal(before["b"], truth[0].half().float())


def test_quantised_weights_come_back_within_half_a_step() -> None:
    """Rows of very different size: the error is at most half of the row's own step."""
    rows = torch.randn(20, 50, generator=torch.Generator().manual_seed(1)) * torch.logspace(-3, 2, 20)[:, None]
    back = unpack(pack({"w": rows}, quantised=True))["w"]
    step = rows.abs().amax(1, keepdim=True) / 127
    assert ((back - rows).abs() <= 0.51 * step + 1e-3 * rows.abs()).all()
    assert torch.equal(unpack(pack({"w": rows.half().float()}, quantised=False))["w"], rows.half().float())


def test_the_tokenizer_gives_every_text_back() -> None:
    """Bytes of any text survive; one token ends a story, and learning it twice gives the same."""
    tokens = published.tokenizer()
    for text in [*stories.corpus(20, 4), "Ⅷ 🦊 \x00 <|x|>", ""]:
        assert tokens.decode(tokens.encode(text).ids) == text
    assert tokens.encode(END).ids == [0]
    corpus = stories.corpus(100, 3)
    assert learn(400, corpus).to_str() == learn(400, corpus).to_str()


@pytest.mark.parametrize("setting", [{"width": 10**6}, {"updates": -1}, {"layers": 0}, {"batch_size": 0}])
def test_absurd_settings_are_refused(setting: dict[str, Any]) -> None:
    """Sizes beyond the caps never reach a worker."""
    with pytest.raises(SettingsError):
        MiniGPT2Settings(**setting)
