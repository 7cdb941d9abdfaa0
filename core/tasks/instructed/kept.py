"""A model as the frames of a run keep it: eight bits a number, small enough to travel while the run goes on.

Each measured frame has one, so that a run that is stopped midway leaves its last good model.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor
from transformers import GPT2LMHeadModel

from core.tasks.mini_gpt2.weights import own_weights, pack, unpack

MODEL = "model/"
"""Begins the names of the arrays that hold it. Not `frames.WEIGHTS`: those do not travel before the run is over."""


def keep(model: GPT2LMHeadModel) -> dict[str, np.ndarray]:
    """Return a model's weights as a frame keeps them: of each matrix whole numbers and a scale a row."""
    stored = pack(own_weights(model), quantised=True)
    return {f"{MODEL}{name}": weight.numpy() for name, weight in stored.items()}


def kept(arrays: Mapping[str, np.ndarray]) -> dict[str, Tensor]:
    """Return the weights that a frame keeps; nothing where it keeps none."""
    stored = {name.removeprefix(MODEL): array for name, array in arrays.items() if name.startswith(MODEL)}
    return unpack({name: torch.from_numpy(np.array(array)) for name, array in stored.items()})


def load(weights: Mapping[str, Tensor], model: GPT2LMHeadModel) -> GPT2LMHeadModel:
    """Give a model the weights that a frame keeps; the output layer is the embedding."""
    model.load_state_dict(dict(weights), strict=False)
    model.tie_weights()
    return model
