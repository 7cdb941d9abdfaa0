"""Budgets of operations: trainings that are known, how a budget can be split, and how far the law was tried."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from core.model_size.costs import training_operations
from core.model_size.presets import presets
from core.once import once
from core.tasks.mini_gpt2.published import record

Reach = Literal["fitted", "beyond", "nothing"]

SIZES = (70e6, 16e9)
"""Parameters of the models that the law was fitted to: "over 400 language models ranging from 70 million to over 16
billion parameters on 5 to 500 billion tokens" (Hoffmann et al. 2022, abstract)."""
TOKENS = (5e9, 500e9)
"""Tokens that they read."""
LEAST = 6 * SIZES[0] * TOKENS[0]
"""Operations of the smallest training in that range: of less, the law says nothing."""
MOST_OPERATIONS = 1e26
"""A budget beyond any that was published when this was written."""
DECADES = 3
"""Powers of ten of sizes among which a budget is split."""
STOPS = 40
"""Places of the ruler in a power of ten."""
RULE = 20
"""Tokens a parameter, as the article's own choice has it: 1.4 trillion for 70 billion (Hoffmann et al. 2022)."""
ASSUMED = 40
"""Percent of a sheet's rate that a training is assumed to reach, until a student says otherwise.

PaLM reported 46.2 % of its chips' rate (Chowdhery et al. 2022, section 4.1), Llama 3 405B 38 to 43 % of the H100's
(Grattafiori et al. 2024, table 4). Both were the work of many people; a first training reaches less.
"""


@dataclass(frozen=True)
class Training:
    """A training whose parameters and tokens are known.

    Attributes:
        id: a stable identifier, for the address.
        name: as people say it.
        parameters: N.
        tokens: D, read during the training.
        source: of both.
    """

    id: str
    name: str
    parameters: int
    tokens: int
    source: str

    @property
    def operations(self) -> float:
        """Its budget: 6·N·D."""
        return float(training_operations(self.parameters, self.tokens))


@once()
def trainings() -> dict[str, Training]:
    """Return the known trainings by their identifier, the cheapest first."""
    ours, llama = presets()["mini_gpt2"].blocks, presets()["llama3_8b"].blocks
    if ours is None or llama is None:
        raise LookupError("the sizes of these models are published")
    read = int(record()["curve"][-1]["tokens"])
    found = (
        Training("mini_gpt2", "mini GPT-2", ours.parameters, read, "assets/models/mini_gpt2/training.json"),
        Training("gpt3", "GPT-3 175B", 175_000_000_000, 300_000_000_000,
                 "Brown et al. 2020, arXiv 2005.14165, table 2.1: “All models were trained for a total of 300 billion "
                 "tokens”"),
        Training("chinchilla", "Chinchilla 70B", 70_000_000_000, 1_400_000_000_000,
                 "Hoffmann et al. 2022, arXiv 2203.15556, section 4"),
        Training("llama3_8b", "Llama 3 8B", llama.parameters, 15_000_000_000_000,
                 "Meta Llama 3 model card, 2024: “15T+” tokens (= 15 × 10¹² +)"),
    )  # fmt: skip
    return {training.id: training for training in found}


def of_budget(operations: float) -> Training | None:
    """Return the known training that spent this budget; None if none did.

    An address writes ten digits of a budget: two budgets that agree in these are the same.
    """
    same = (known for known in trainings().values() if math.isclose(known.operations, operations, rel_tol=1e-6))
    return next(same, None)


def least_operations() -> float:
    """Return the smallest budget that is shown: the mini GPT-2's."""
    return trainings()["mini_gpt2"].operations


def window(operations: float) -> tuple[float, float]:
    """Return the smallest and the largest model among which a budget is split.

    Whole powers of ten, so that the best split has no place of its own on the axis: it lies somewhere in the middle
    third, and moves.
    """
    low = 10.0 ** math.floor(math.log10(operations / (6 * RULE)) / 2 - 1)
    return low, low * 10**DECADES


def reach(parameters: float, operations: float) -> Reach:
    """Return what the law can say of a split: it was fitted there, goes on beyond, or says nothing.

    Args:
        parameters: of the model.
        operations: of its training; the tokens are what is left.
    """
    if operations < LEAST:
        return "nothing"
    tokens = operations / 6 / parameters
    inside = SIZES[0] <= parameters <= SIZES[1] and TOKENS[0] <= tokens <= TOKENS[1]
    return "fitted" if inside else "beyond"
