"""What the page asks a worker: answers token by token under the three models, pairs to vote on, which tokens count.

Arguments and results are JSON, but for `given`: the arrays of the frames in which the models of the phases were kept
(`core.tasks.instructed.kept`). Without them, the recorded ones are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import torch
from torch import Tensor
from transformers import GPT2LMHeadModel

from core.files import RUNS, Arrays
from core.language_models.catalogue import vocabulary_of
from core.once import once
from core.runs.run import from_bytes
from core.stories.instructions import Instruction
from core.tasks.instructed.kept import kept, load
from core.tasks.instructed.pairs import END, encode, places, prompt
from core.tasks.instructed.reading import hidden, logits, weights_in
from core.tasks.instructed.settings import InstructedSettings
from core.tasks.instructed.task import fresh, judge, merged, texts
from core.tasks.instructed.writing import write
from core.tasks.mini_gpt2 import published
from core.tasks.mini_gpt2.task import IGNORED
from core.three_phases import voting
from core.three_phases.settings import AlignedSettings
from core.three_phases.tastes import TASTES, WORTH
from core.three_phases.told import Told

TOP = 6
"""Alternatives that are named at each token."""
PHASES = ("pretrained", "instructed", "aligned")
"""The models, as they are named here and on the page."""


class Token(TypedDict):
    """One token of an answer.

    `bytes` is its text in hexadecimal; `probabilities` by phase, at temperature 1; `top` the likeliest tokens by phase,
    each as [bytes in hexadecimal, probability].
    """

    bytes: str
    probabilities: dict[str, float]
    top: dict[str, list[tuple[str, float]]]


class Answer(TypedDict):
    """An answer: `by` which model, its text, whether it is a story and one that was asked for, its tokens, its worth.

    `worth` is by taste. `ended` says whether it stopped by itself; the end token is the last of its tokens then.
    """

    by: str
    text: str
    recognised: bool
    obeyed: bool
    ended: bool
    worth: dict[str, float]
    tokens: list[Token]


class Pair(TypedDict):
    """Two answers to one instruction, to choose from."""

    instruction: dict[str, str]
    asked: str
    first: str
    second: str


Given = Mapping[str, Arrays]
"""The models of the phases as frames keep them, by the names of `PHASES`."""


def answer(
    instruction: dict[str, str], temperature: float = 1.0, seed: int = 1, given: Given | None = None
) -> list[Answer]:
    """Let the three models answer one instruction, with the same seed, and read each answer with all three.

    Args:
        instruction: as `Instruction.to_json` gives it.
        temperature: 0 takes the likeliest token.
        seed: of what is drawn.
        given: models of the phases where they are not the recorded ones.

    Raises:
        ValueError: a wish that no story can meet.
        core.three_phases.voting.StartMissing: a recorded model is not there.
    """
    asked, models = Instruction.from_json(instruction), _models(given)
    found = []
    for phase, model in models.items():
        told = write(model, [read_by(phase, asked)], torch.Generator().manual_seed(seed), temperature)[0]
        text = texts([told])[0]
        recognised, obeys = judge(asked, text)
        worth = {taste: WORTH[taste](text) for taste in TASTES}
        tokens = _read(models, asked, told)
        found.append(Answer(by=phase, text=text, recognised=recognised, obeyed=obeys, ended=told[-1:] == [END],
                            worth=worth, tokens=tokens))  # fmt: skip
    return found


def read_by(phase: str, asked: Instruction) -> list[int]:
    """Return what a model is given. The pretrained one knows no instructions: to it, this is how a story begins."""
    if phase == "pretrained":
        return [END, *published.tokenizer().encode(asked.text).ids]
    return prompt(asked)


def pairs(number: int, seed: int, given: Given | None = None) -> list[Pair]:
    """Return pairs of answers of phase 2's model: those that `AlignedSettings` with these votes and pairs_seed has."""
    first, second = voting.pairs(_models(given)["instructed"], number, seed)
    return [
        Pair(instruction=asked.to_json(), asked=asked.text, first=one, second=other)
        for asked, one, other in zip(first.asked, first.texts, second.texts, strict=True)
    ]


def foretold(settings: dict[str, Any], given: Given | None = None) -> list[bool]:
    """Return of each vote of a run of phase 3 whether a reward model that knows the others foretells it."""
    return voting.foretold(_models(given)["instructed"], AlignedSettings.from_json(settings))


def counted(instruction: dict[str, str], story: str, *, masked: bool = True) -> list[tuple[str, bool]]:
    """Return the tokens of an instruction and its answer, each as hexadecimal bytes, and if the loss counts it."""
    examples = encode([(Instruction.from_json(instruction), story)], masked=masked)
    inputs, targets = examples.inputs[0].tolist(), examples.targets[0].tolist()
    words = _words()
    counts = [(words[inputs[0]], False)]
    return counts + [
        (words[token], target != IGNORED) for token, target in zip([*inputs[1:], END], targets, strict=True)
    ]


def rewarded(settings: dict[str, Any], asked: Sequence[dict[str, str]], stories: Sequence[str],
             given: Given | None = None) -> list[float]:  # fmt: skip
    """Return what the reward model of a run of phase 3 gives to texts, each an answer to an instruction."""
    model = _models(given)["instructed"]
    votes = voting.voted(model, AlignedSettings.from_json(settings))
    tokens = published.tokenizer()
    told = Told([Instruction.from_json(one) for one in asked], [[*tokens.encode(story).ids, END] for story in stories])
    weights = {name: weight.detach() for name, weight in weights_in(model).items()}
    rewards: list[float] = votes.rewards(weights, told).tolist()
    return rewards


def _models(given: Given | None) -> dict[str, GPT2LMHeadModel]:
    """Return the models by phase; that of phase 3 only where it is given or recorded."""
    arrays = dict(given or {})
    found = {"pretrained": fresh().eval()}
    for phase in PHASES[1:]:
        kept_here = arrays[phase] if phase in arrays else _recorded(phase)
        if kept_here is not None:
            found[phase] = load(kept(kept_here), fresh()).eval()
    if "instructed" not in found:
        raise voting.StartMissing("instructed")
    return found


@once(2)
def _recorded(phase: str) -> Arrays | None:
    settings = InstructedSettings() if phase == "instructed" else AlignedSettings()
    path = RUNS / f"{settings.run_id}.safetensors"
    return from_bytes(path.read_bytes(), recorded=True).frames[-1].arrays if path.exists() else None


@torch.no_grad()
def _read(models: Mapping[str, GPT2LMHeadModel], asked: Instruction, told: Sequence[int]) -> list[Token]:
    """Return each token of an answer with its probability under every model, and what else each might have said."""
    chances: dict[str, Tensor] = {}
    for phase, model in models.items():
        given = read_by(phase, asked)
        text = torch.tensor([[*given, *told]])
        weights = weights_in(merged(model))
        found = logits(weights, hidden(weights, text[:, :-1], places(text[:, :-1])))
        chances[phase] = found[0, len(given) - 1 :].softmax(-1)
    words = _words()
    top = {phase: table.topk(TOP) for phase, table in chances.items()}
    return [
        Token(
            bytes=words[token],
            probabilities={phase: round(float(table[at, token]), 5) for phase, table in chances.items()},
            top={
                phase: [(words[other], round(chance, 5)) for other, chance in
                        zip(best.indices[at].tolist(), best.values[at].tolist(), strict=True)]
                for phase, best in top.items()
            },
        )
        for at, token in enumerate(told)
    ]  # fmt: skip


@once()
def _words() -> list[str]:
    tokenizer = published.tokenizer()
    return [word.hex() for word in vocabulary_of(tokenizer, tokenizer.get_vocab_size())]
