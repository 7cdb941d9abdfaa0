"""A student's own task, taught in all four ways: what is typed, what each way makes of it. No torch at import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.ways_to_train import intake, live
from core.ways_to_train.intake import IntakeError
from core.ways_to_train.lines import read

MOST_TRIED = 40
"""Words that are tried at once: each is a question to SmolLM2, twice."""
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OwnTask:
    """A task that can be taught.

    Attributes:
        examples: words with their labels.
        tried: words to sort, with their labels; "" where that is not told.
    """

    examples: Pairs
    tried: Pairs

    @property
    def labels(self) -> list[str]:
        """The labels, in the order in which they come."""
        return list(dict.fromkeys(label for _word, label in self.examples))

    @property
    def words(self) -> list[str]:
        """The words to sort."""
        return [word for word, _label in self.tried]


def task_of(examples: str, tried: str) -> OwnTask:
    """Return the task of two texts, a word on each line.

    Raises:
        IntakeError: a line is refused; examples need a label each, of two labels at least.
    """
    learned = intake.to_learn_from(read(examples))
    asked = read(tried)
    words = intake.words_of([word for word, _label in asked])
    if len(words) > MOST_TRIED:
        raise IntakeError("too_many_words", len(words), MOST_TRIED)
    known = {label for _word, label in learned}
    labels = [intake.label_of(label) if label else "" for _word, label in asked]
    for label in labels:
        if label and label not in known:
            raise IntakeError("label_unknown", label)
    return OwnTask(learned, tuple(zip(words, labels, strict=True)))


def taught(way: str, examples: Sequence[Sequence[str]], words: Sequence[str]) -> dict[str, Any]:
    """Teach a task in one way, then ask about words; runs on a worker.

    Args:
        way: one of `core.ways_to_train.ways.WAYS`.
        examples: [word, label] each.
        words: asked about.

    Returns:
        `puts`, the label of each word and the probability that it was given; `seconds` of the processor; `fallen`, how
        many examples found no room in the prompt.

    Raises:
        IntakeError: something is refused.
        core.language_models.catalogue.ModelMissing: SmolLM2 is needed, and not here.
    """
    labels = list(dict.fromkeys(label for _word, label in examples))
    fallen = 0
    if way in ("few_shot", "zero_shot"):
        shown = examples if way == "few_shot" else ()
        said = "" if way == "few_shot" else f"Categories: {', '.join(labels)}."
        found = live.score(shown, words, labels, instruction=said, fingerprints=False)
        shares, fallen = found["calibrated"], len(found["fell_out"])
    else:
        found = live.learn(way, examples, words)
        shares, labels = found["probabilities"], found["labels"]
    best = [max(range(len(labels)), key=row.__getitem__) for row in shares]
    puts = [[labels[at], round(row[at], 5)] for row, at in zip(shares, best, strict=True)]
    return {"puts": puts, "seconds": sum(found["seconds"].values()), "fallen": fallen}


def right(puts: Sequence[Sequence[Any]], labels: Sequence[str]) -> int | None:
    """Return how many of the words whose label is known were put rightly; None if it is known of none."""
    known = [(put[0], label) for put, label in zip(puts, labels, strict=True) if label]
    return sum(put == label for put, label in known) if known else None
