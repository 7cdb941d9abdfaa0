"""Sentences of the part on speed, computed from the recorded machine and from the counts. Names are their claims."""

from __future__ import annotations

import json

from core.model_size.blocks import Block, of_decoder
from core.model_size.costs import operations
from core.model_size.model import Decoder
from core.model_size.presets import presets
from core.model_size.speed import met, reading, writing
from core.model_size.timed import RECORDING, WRITTEN_IN, Compared, machine_of, recorded
from core.model_size.timing import WIDTHS
from tests.model_size.test_speed import weights_touched


def compared(preset: str, context: int) -> Compared:
    """Return a model that was there when the recorded machine was measured."""
    (found,) = [each for each in recorded().compared if (each.preset, each.context) == (preset, context)]
    return found


def test_every_weight_once() -> None:
    """The mini GPT-2 writes a token: torch touches each matrix once, as many bytes as all weights but the places."""
    decoder = presets()["mini_gpt2"].decoder
    assert decoder is not None
    tree = of_decoder(decoder)
    touched = weights_touched(decoder)
    assert touched == met(tree, "fp32", used=True)[0]
    assert touched == 4 * (tree.parameters - (decoder.context - 1) * decoder.width + decoder.width)


def test_memory_rules_writing() -> None:
    """SmolLM2 on the recorded machine: to fetch its weights takes more than ten times as long as to multiply them."""
    decoder, machine = presets()["smollm2_135m"].decoder, recorded().numbers
    assert decoder is not None
    work = writing(decoder, of_decoder(decoder), WRITTEN_IN, 128)
    fetched = machine.far.seconds(work.weights, work.rows)
    assert fetched > 10 * work.operations / machine.rates[WRITTEN_IN]


def test_reading_is_faster() -> None:
    """Every model that was there read more than ten times as many tokens a second as it wrote."""
    assert len(recorded().compared) >= 3
    assert all(each.reading[1] > 10 * each.writing[1] for each in recorded().compared)


def test_predicted_from_others() -> None:
    """Without the rows of real models the numbers are the same; random decoders are narrower than any of those."""
    rows = json.loads(RECORDING.read_text(encoding="utf-8"))["rows"]
    assert machine_of([row for row in rows if row["what"] != "model"]) == recorded().numbers
    found = {each.preset for each in recorded().compared}
    assert all(decoder.width > max(WIDTHS) for preset in found if (decoder := presets()[preset].decoder))


def test_writing_is_predicted() -> None:
    """On the recorded machine, no writing speed is wrong by more than a fifth."""
    assert max(each.error for each in recorded().compared) < 0.2


def test_long_prompts_are_slower() -> None:
    """SmolLM2 reads 1,024 tokens about half as fast as predicted, and 128 within a fifth."""
    short, long = (compared("smollm2_135m", context).reading for context in (128, 1_024))
    assert abs(short[0] / short[1] - 1) < 0.2
    assert 1.7 < long[0] / long[1] < 2.3


def test_reading_counts_all_places() -> None:
    """Of n tokens read at once each is counted against n places; the later ones skipped, (n + 1) / 2 on average.

    So attention would be half of what is counted, and a bit more.
    """
    decoder, tree, n = *_gpt2(), 512
    counted = reading(decoder, tree, "fp16", n).operations
    whole = n * 4 * decoder.layers * decoder.width * n
    skipped = sum(4 * decoder.layers * decoder.width * seen for seen in range(1, n + 1))
    head = 2 * decoder.width * decoder.vocabulary
    matrices = n * (operations(decoder, tree, 1) - 4 * decoder.layers * decoder.width - head)
    assert counted == matrices + whole + head
    assert 0.5 < skipped / whole < 0.51


def _gpt2() -> tuple[Decoder, Block]:
    preset = presets()["gpt2"]
    assert preset.decoder is not None
    assert preset.blocks is not None
    return preset.decoder, preset.blocks
