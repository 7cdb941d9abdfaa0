"""The stories of a study as tokens, drawn once by many processes and read by every training from one file. No torch.

A row is a story: its tokens, the end token, then `IGNORED` up to the longest: what a model has to predict.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from core.stories import language
from core.tasks.mini_gpt2.published import tokenizer

TRAINING_SEED, VALIDATION_SEED = 1, 2
"""The streams of stories that the published model learned from and was measured on; a test compares."""
END_ID, IGNORED = 0, -100
"""The end token's id, and the target of places after the end of a story; a test compares both."""
LONGEST = 191
"""Places a story may have: one less than the context."""


@dataclass(frozen=True)
class Drawn:
    """Stories as tokens (stories, places) int16, and how surprising each is under the grammar, in nats."""

    tokens: np.ndarray
    surprise: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        """How many tokens each story has, its end included."""
        found: np.ndarray = (self.tokens != IGNORED).sum(1)
        return found

    def save(self, path: Path) -> None:
        """Write the stories into a file, the tokens one after the other."""
        np.savez_compressed(path, tokens=self.tokens[self.tokens != IGNORED], counts=self.counts.astype(np.uint8),
                            surprise=self.surprise)  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> Drawn:
        """Read what `save` wrote."""
        with np.load(path) as read:
            counts = read["counts"]
            tokens = np.full((len(counts), counts.max()), IGNORED, np.int16)
            tokens[np.arange(counts.max()) < counts[:, None]] = read["tokens"]
            return cls(tokens, read["surprise"])


def drawn_once(stories: int, validation: int, path: Path, processes: int) -> tuple[Drawn, Drawn]:
    """Return what to learn from and, none of it learned from, what to measure on; from files if they were drawn before.

    Args:
        stories: how many to learn from.
        validation: how many to measure on.
        path: the file of the first; that of the others lies beside it.
        processes: how many draw.
    """
    other = path.with_stem(path.stem + "-validation")
    if not other.exists():
        training = draw(stories, TRAINING_SEED, processes)
        unseen(draw(validation, VALIDATION_SEED, processes, judged=True), training).save(other)
        training.save(path)
    return Drawn.load(path), Drawn.load(other)


def draw(stories: int, seed: int, processes: int = 1, judged: bool = False) -> Drawn:
    """Return stories as tokens; equal numbers and seeds give equal ones, with however many processes.

    Args:
        stories: how many.
        seed: of the stream, as in `core.stories.language.corpus`.
        processes: how many draw.
        judged: whether to say how surprising each is; zeros otherwise.
    """
    starts = range(0, stories, language.CHUNK)
    parts = [(seed, start // language.CHUNK, min(language.CHUNK, stories - start), judged) for start in starts]
    if processes == 1:
        found = [_part(part) for part in parts]
    else:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            found = list(pool.map(_part, parts))
    tokens = np.concatenate([rows for rows, _ in found])
    longest = int((tokens != IGNORED).sum(1).max())
    return Drawn(np.ascontiguousarray(tokens[:, :longest]), np.concatenate([surprise for _, surprise in found]))


def unseen(drawn: Drawn, learned: Drawn) -> Drawn:
    """Return the stories that are not among those learned."""
    width = max(drawn.tokens.shape[1], learned.tokens.shape[1])
    known = set(_keys(learned.tokens, width))
    kept = np.array([key not in known for key in _keys(drawn.tokens, width)])
    return Drawn(drawn.tokens[kept], drawn.surprise[kept])


def _keys(tokens: np.ndarray, width: int) -> list[bytes]:
    wide = np.full((len(tokens), width), IGNORED, np.int16)
    wide[:, : tokens.shape[1]] = tokens
    return [row.tobytes() for row in wide]


def _part(part: tuple[int, int, int, bool]) -> tuple[np.ndarray, np.ndarray]:
    seed, number, stories, judged = part
    texts = language.chunk(seed, number, stories)
    tokens = tokenizer()
    rows = np.full((len(texts), LONGEST), IGNORED, np.int16)
    for row, encoding in zip(rows, tokens.encode_batch_fast(texts), strict=True):
        row[: len(encoding.ids)], row[len(encoding.ids)] = encoding.ids, END_ID
    surprise = [-language.log_probability(text) if judged else 0.0 for text in texts]
    return rows, np.array(surprise)
