"""How probable a language model finds each of some labels after a prompt, and what calibration makes of it.

The probability of a label is the product over its tokens: of p(first | prompt) · p(second | prompt, first) · … Where
the tokens of one label are the beginning of another's ("car", "car park"), every label ends with the line end, so that
no label is counted inside another. Everything here runs on a worker.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.language_models.prompts import CONTENT_FREE, Prompt

if TYPE_CHECKING:
    from core.language_models.branches import Path
    from core.language_models.catalogue import LanguageModel

LogProbabilities = NDArray[np.float64]
"""(words, labels), of each label as a text, in nats: they do not sum to one, other texts were possible too."""
Probabilities = NDArray[np.float64]
"""(words, labels), each row sums to one."""


class PromptTooLong(ValueError):
    """The instruction, the longest word and the longest label alone are more than a model can look back on.

    Attributes:
        tokens: that they have.
        context: that there is room for.
    """

    def __init__(self, tokens: int, context: int) -> None:
        super().__init__(f"{tokens} tokens, and room for {context}")
        self.tokens, self.context = tokens, context

    def __reduce__(self) -> tuple[type[PromptTooLong], tuple[int, int]]:
        """Travel from a worker as it is."""
        return PromptTooLong, (self.tokens, self.context)


@dataclass(frozen=True)
class Scores:
    """What a model said after one prompt.

    Attributes:
        logs: of each word and label.
        content_free: the same, of `CONTENT_FREE` instead of words; None where they were not asked about.
        prompt: what was really read: without the examples that fell out.
        fell_out: how many of the oldest examples found no room.
        tokens: of the longest prompt that was read.
        label_tokens: the tokens of each label, the line end included where it belongs to it.
        seconds: of the processor, to read the prompt once, and to answer about all words.
    """

    logs: LogProbabilities
    content_free: LogProbabilities | None
    prompt: Prompt
    fell_out: int
    tokens: int
    label_tokens: tuple[Path, ...]
    seconds: tuple[float, float] = (0.0, 0.0)

    @property
    def raw(self) -> Probabilities:
        """The labels' probabilities, as if nothing but a label could follow."""
        return normalised(self.logs)

    @property
    def p_cf(self) -> NDArray[np.float64] | None:
        """What the labels get where the word says nothing: the mean over `CONTENT_FREE`, renormalised; (labels,)."""
        return None if self.content_free is None else p_content_free(self.content_free)

    @property
    def calibrated(self) -> Probabilities | None:
        """The labels' probabilities after contextual calibration."""
        p_cf = self.p_cf
        return None if p_cf is None else calibrate(self.raw, p_cf)


def p_content_free(logs: LogProbabilities) -> NDArray[np.float64]:
    """Return the mean over content-free inputs of the labels' probabilities, renormalised: (labels,).

    As in the authors' code, the probabilities are averaged as they are, and only the mean is made to sum to one. All
    are first divided by the largest, which the renormalisation takes back: long labels would be too small for a number.
    """
    mean = np.exp(logs - logs.max()).mean(0)
    found: NDArray[np.float64] = np.maximum(mean / mean.sum(), np.finfo(float).tiny)
    return found


def calibrate(raw: Probabilities, p_cf: NDArray[np.float64]) -> Probabilities:
    """Return W p + b with W = diag(p_cf)⁻¹ and b = 0, made to sum to one again.

    Zhao, Wallace, Feng, Klein and Singh, "Calibrate before use: improving few-shot performance of language models",
    ICML 2021. They take the largest of W p; dividing by the sum changes nothing of that.
    """
    return normalised(np.log(np.maximum(raw, np.finfo(float).tiny)) - np.log(p_cf))


def normalised(logs: LogProbabilities) -> Probabilities:
    """Return the labels' probabilities made to sum to one, (words, labels)."""
    exponentials = np.exp(logs - logs.max(1, keepdims=True))
    found: Probabilities = exponentials / exponentials.sum(1, keepdims=True)
    return found


def score(
    loaded: LanguageModel,
    prompt: Prompt,
    labels: Sequence[str],
    words: Sequence[str],
    *,
    calibration: bool = True,
    check: Callable[[], None] = lambda: None,
) -> Scores:
    """Return how probable each label is after a prompt for each word.

    Args:
        loaded: the model.
        prompt: instruction and examples; of those that find no room, the oldest fall out.
        labels: different ones.
        words: asked about.
        calibration: whether content-free inputs are asked about too.
        check: called before each step of the model; what it raises ends all.

    Raises:
        PromptTooLong: no room even without examples.
    """
    from core.language_models.branches import Shared

    asked = [*words, *(CONTENT_FREE if calibration else ())]
    ends = label_tokens(loaded, labels)
    kept, fell_out, tokens = fitting(loaded, prompt, asked, max(map(len, ends), default=0))
    *before, _open = kept.pieces("")
    begun = time.process_time()
    shared = Shared(loaded.model, [token for piece in before for token in ids(loaded, piece)], check)
    was_read = time.process_time()
    queries = [tuple(ids(loaded, kept.pieces(word)[-1])) for word in asked]
    logs = _label_logs(shared.log_probabilities, queries, ends)
    free = logs[len(words) :] if calibration else None
    seconds = (was_read - begun, time.process_time() - was_read)
    return Scores(logs[: len(words)], free, kept, fell_out, tokens, ends, seconds)


def _label_logs(
    ask: Callable[[list[Path], list[int]], LogProbabilities], queries: Sequence[Path], ends: Sequence[Path]
) -> LogProbabilities:
    """Add up the log-probabilities of each label's tokens: (queries, labels).

    What two labels begin with is asked about once; a label's last token only is what is asked, never read.
    """
    stems = sorted({label[:length] for label in ends for length in range(len(label))})
    tokens = sorted({token for label in ends for token in label})
    stem_of, token_of = ({each: place for place, each in enumerate(all_)} for all_ in (stems, tokens))
    found = ask([query + stem for query in queries for stem in stems], tokens)
    steps = found.reshape(len(queries), len(stems), len(tokens))
    logs = np.zeros((len(queries), len(ends)))
    for place, label in enumerate(ends):
        for length, token in enumerate(label):
            logs[:, place] += steps[:, stem_of[label[:length]], token_of[token]]
    return logs


def label_tokens(loaded: LanguageModel, labels: Sequence[str]) -> tuple[Path, ...]:
    """Return the tokens of each label, and whether the line end belongs to it: to all, if one begins another."""
    found = [tuple(ids(loaded, f" {label}")) for label in labels]
    begins = any(later[: len(label)] == label for label, later in pairwise(sorted(found)))
    end = tuple(ids(loaded, "\n")) if begins else ()
    return tuple(label + end for label in found)


def fitting(loaded: LanguageModel, prompt: Prompt, words: Sequence[str], label: int) -> tuple[Prompt, int, int]:
    """Let the oldest examples of a prompt fall out until it fits, with the longest word and a label behind it.

    Args:
        loaded: the model.
        prompt: as it is wanted.
        words: all that will be asked about.
        label: tokens of the longest label; the last one is never read.

    Returns:
        What is left of the prompt, how many examples fell out, how many tokens the longest prompt has.

    Raises:
        PromptTooLong: there is no room even without examples.
    """

    def length(left: Prompt) -> int:
        *before, _open = left.pieces("")
        query = max(len(ids(loaded, left.pieces(word)[-1])) for word in words)
        return sum(size_of[piece] if piece in size_of else len(ids(loaded, piece)) for piece in before) + query

    size_of = {piece: len(ids(loaded, piece)) for piece in prompt.pieces("")[:-1]}
    room = loaded.context - max(label - 1, 0)
    for fell_out in range(len(prompt.examples) + 1):
        left = replace(prompt, examples=prompt.examples[fell_out:])
        if (tokens := length(left)) <= room:
            return left, fell_out, tokens
    raise PromptTooLong(tokens, room)


def ids(loaded: LanguageModel, text: str) -> list[int]:
    """Return a text's tokens; what looks like a special token in it is plain text."""
    found: list[int] = loaded.tokenizer.encode(text, add_special_tokens=False).ids
    return found
