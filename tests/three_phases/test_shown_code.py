"""The code tab of the three phases, executed: it begins where the page's run does, and learns; what it ships."""

from __future__ import annotations

import io
import json
import math
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
import torch
from safetensors.torch import load

from core.files import ROOT, RUNS
from core.runs.run import Run, from_bytes
from core.stories import instructions
from core.tasks.instructed.drawing import drawn
from core.tasks.instructed.kept import kept
from core.tasks.instructed.pairs import encode, places
from core.tasks.instructed.settings import InstructedSettings
from core.tasks.mini_gpt2.task import IGNORED
from core.three_phases import take_home
from core.three_phases.preference import dpo_loss
from core.three_phases.settings import usual
from core.three_phases.shown_code import files, sources
from tests.notebooks import check_words, run_downloads


def recorded() -> Run:
    """Return the page's run of phase 2."""
    return from_bytes((RUNS / f"{InstructedSettings().run_id}.safetensors").read_bytes(), recorded=True)


def test_fine_tuning_begins_with_the_pages_loss_and_learns(tmp_path: Path) -> None:
    """Its notebook's first loss is that of the recorded run's first frame, and falls; its tokens are the run's."""
    tokens = "[part.tolist() for part in learned]"
    left = run_downloads(
        tmp_path, lambda _: (sources(_)["SFT"], files(_)), "before", "after", tokens, languages=["fr"]
    )["fr"]
    assert left["before"] == pytest.approx(recorded().frames[0].metrics["answer_loss"], abs=1e-3)
    assert left["after"] < left["before"] / 2
    before, instruction, told, after, answer = left["printed"].splitlines()
    assert before == f"perte avant\u00a0: {left['before']:.4f}"
    assert after == f"perte après\u00a0: {left['after']:.4f}"
    assert instruction == json.loads(take_home.pairs())["held_out"][0]["instruction"]
    assert answer.startswith("Il était une fois")
    assert answer != told
    inputs, at, targets = map(torch.tensor, left[tokens])
    ours = encode(drawn(take_home.LEARNED, InstructedSettings().seed))
    assert torch.equal(inputs, ours.inputs.long())
    assert torch.equal(targets.where(targets != -100, IGNORED), ours.targets.long())
    counts = ours.inputs.cumsum(1) + ours.inputs.flip(1).cumsum(1).flip(1) > 0  # not behind a text's end
    assert torch.equal(at[counts], places(ours.inputs.long())[counts])


def test_preferences_begin_at_ln_2_and_are_learned(tmp_path: Path) -> None:
    """Its notebook's first loss is ln 2, its last one less: the page's formula, of log-ratios that moved apart."""
    moved = [
        f"(log_probabilities(policy, *{name}) - log_probabilities(reference, *{name})).tolist()"
        for name in ("preferred", "rejected")
    ]
    left = run_downloads(
        tmp_path, lambda _: (sources(_)["DPO"], files(_)), "before", "after", *moved, languages=["en"]
    )["en"]
    assert left["before"] == pytest.approx(math.log(2), abs=1e-5)
    assert left["after"] < left["before"] - 0.02
    chosen, rejected = (torch.tensor(left[expression]) for expression in moved)
    assert chosen.mean() > rejected.mean()
    assert left["after"] == pytest.approx(dpo_loss(chosen, rejected, usual("dpo").beta).item(), abs=1e-4)
    before, after, first, then = left["printed"].splitlines()
    assert (before, after) == (f"loss before: {left['before']:.4f}", f"loss after: {left['after']:.4f}")
    assert instructions.about(first) is not None, "phase 2 tells a story"
    assert then


def test_the_model_to_take_home_is_the_recorded_one() -> None:
    """Its weights are those that the last frame of the page's run keeps, in the folder that the code reads."""
    with ZipFile(io.BytesIO(take_home.instructed())) as archive:
        shipped = load(archive.read(f"{take_home.INSTRUCTED}/model.safetensors"))
    ours = kept(recorded().frames[-1].arrays)
    assert shipped.keys() == ours.keys()
    assert all(torch.equal(weight, ours[name]) for name, weight in shipped.items())


def test_both_answers_were_asked_for_and_the_shorter_is_preferred() -> None:
    """Every pair of answers differs in words, and the grammar recognises in both what their instruction asks for."""
    found = json.loads(take_home.preferences())["pairs"]
    assert len(found) == take_home.PREFERENCES
    for pair in found:
        assert len(pair["preferred"].split()) < len(pair["rejected"].split())
        for answer in (pair["preferred"], pair["rejected"]):
            about = instructions.about(answer)
            assert about is not None
            asked = instructions.Instruction(hero=about.hero, thing=about.thing, plot=about.plot)
            assert asked.text == pair["instruction"]


def test_the_held_out_pairs_are_not_learned_from() -> None:
    """No answer is in both lists."""
    found = json.loads(take_home.pairs())
    learned, held_out = ({pair["answer"] for pair in found[name]} for name in ("learned", "held_out"))
    assert len(found["learned"]) == take_home.LEARNED
    assert not learned & held_out


def test_what_is_downloaded_needs_no_torch() -> None:
    """The web process, which has no torch, makes every file."""
    code = (
        "import sys\nfrom core.three_phases.shown_code import files\n"
        "print(all(file.read() for file in files(str)), 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_the_code_speaks_the_pages_language() -> None:
    """Titles, comments and printed words are French on the French page, and the program is the same."""
    check_words(sources)
