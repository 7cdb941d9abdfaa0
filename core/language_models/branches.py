"""Many continuations of one text, read at once: a tree of tokens behind a text that is read a single time.

Fifty words after one long prompt are fifty texts that begin alike. What they share is read once, and its keys and
values are kept; what follows stands in one row, as a tree: a token sees the shared text and the tokens between it and
the trunk, nothing of other branches. Each then gets the probabilities that it would get in a text of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

if TYPE_CHECKING:
    from transformers import PreTrainedModel

AT_ONCE = 256
"""Tokens that go through the model together: behind 2,000 others the attention of one layer then takes some 20 MB."""

Path = tuple[int, ...]
"""Tokens that continue the shared text."""


class Tree:
    """Paths with their common beginnings stored once.

    Attributes:
        tokens: of each node, parents before children.
        parents: the node before each; −1 behind the shared text.
    """

    def __init__(self) -> None:
        self.tokens: list[int] = []
        self.parents: list[int] = []
        self._children: dict[tuple[int, int], int] = {}

    def missing(self, path: Path) -> int:
        """Return how many nodes a path would add."""
        node, known = -1, 0
        for token in path:
            if (node := self._children.get((node, token), -2)) < 0:
                break
            known += 1
        return len(path) - known

    def add(self, path: Path) -> int:
        """Add a path, at least one token long; return the node of its last token."""
        node = -1
        for token in path:
            if (node, token) not in self._children:
                self._children[node, token] = len(self.tokens)
                self.tokens.append(token)
                self.parents.append(node)
            node = self._children[node, token]
        return node

    def sees(self) -> NDArray[np.bool_]:
        """Return which node sees which, itself included: (nodes, nodes)."""
        seen = np.eye(len(self.tokens), dtype=np.bool_)
        for node, parent in enumerate(self.parents):
            if parent >= 0:
                seen[node] |= seen[parent]
        return seen


class Shared:
    """A text that is read once, and what a model says after each of its continuations.

    Args:
        model: in eval mode.
        ids: the tokens of the text; there may be none.
        check: called before each step; what it raises ends the reading.
    """

    def __init__(self, model: PreTrainedModel, ids: Sequence[int], check: Callable[[], None] = lambda: None) -> None:
        from transformers import DynamicCache

        self._model, self._length, self._check = model, len(ids), check
        self._memory: Any = DynamicCache(config=model.config)
        for begin in range(0, len(ids), AT_ONCE):
            check()
            self._forward(torch.tensor([ids[begin : begin + AT_ONCE]]), logits_to_keep=1)

    def log_probabilities(self, paths: Sequence[Path], tokens: Sequence[int]) -> NDArray[np.float64]:
        """Return the log-probabilities of some tokens right after each path: (paths, tokens).

        Paths that begin alike should stand together: the tree then is small.
        """
        found = np.empty((len(paths), len(tokens)))
        for places, tree, ends in _trees(paths):
            self._check()
            logits = self._after(tree, sorted(set(ends)))
            rows = torch.log_softmax(logits, dim=-1)[:, list(tokens)].double().numpy()
            row_of = {node: row for row, node in enumerate(sorted(set(ends)))}
            found[places] = rows[[row_of[node] for node in ends]]
        return found

    def _after(self, tree: Tree, nodes: list[int]) -> Tensor:
        """Return the logits after some nodes of a tree, (nodes, vocabulary); the memory is left as it was."""
        seen = tree.sees()
        depths = torch.from_numpy(seen.sum(1) - 1)
        mask = torch.full((len(seen), self._length + len(seen)), torch.finfo(torch.float32).min)
        mask[:, : self._length] = 0
        mask[:, self._length :][torch.from_numpy(seen)] = 0
        logits = self._forward(
            torch.tensor([tree.tokens]),
            attention_mask=mask[None, None],
            position_ids=(self._length + depths)[None],
            logits_to_keep=torch.tensor(nodes),
        )
        self._memory.crop(-len(seen))
        return logits

    def _forward(self, ids: Tensor, **given: Any) -> Tensor:
        with torch.inference_mode():
            answer = self._model(input_ids=ids, past_key_values=self._memory, use_cache=True, **given)
        logits: Tensor = answer.logits[0].float()
        return logits


def _trees(paths: Sequence[Path]) -> Iterator[tuple[slice, Tree, list[int]]]:
    """Yield paths in order, packed into trees of at most `AT_ONCE` nodes: which, the tree, the last node of each."""
    begin, tree, ends = 0, Tree(), list[int]()
    for place, path in enumerate(paths):
        if ends and len(tree.tokens) + tree.missing(path) > AT_ONCE:
            yield slice(begin, place), tree, ends
            begin, tree, ends = place, Tree(), []
        ends.append(tree.add(path))
    if ends:
        yield slice(begin, len(paths)), tree, ends
