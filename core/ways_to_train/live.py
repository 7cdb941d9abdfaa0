"""What the page asks of a worker: JSON in, JSON out, checked here again. Nothing here imports torch at import.

Each may be given to `core.jobs.start`; a Stop is heard between two steps of a model.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from core import workers
from core.files import base64_of
from core.ways_to_train import intake
from core.ways_to_train.intake import IntakeError

Row = dict[str, Any]


def score(
    examples: Sequence[Sequence[str]],
    words: Sequence[str],
    labels: Sequence[str],
    calibrate: bool = True,
    instruction: str = "",
    fingerprints: bool = True,
) -> Row:
    """Ask SmolLM2 which label each word has, after a prompt of examples.

    Args:
        examples: [word, label] each, the oldest first; there may be none.
        words: asked about.
        labels: chosen among.
        calibrate: whether content-free inputs are asked about too.
        instruction: a sentence before the examples.
        fingerprints: whether the weights are hashed before and after; a second or less each time.

    Returns:
        `words` and `labels` as they were cleaned; `raw` and `calibrated` (None unless asked for), probabilities of each
        word and label; `logs`, the log-probability of each label as a text, in nats; `p_cf` (None likewise) and
        `content_free`, its parts for "N/A", nothing and "[MASK]", each normalised; `fell_out`, the examples that found
        no room; `tokens` of the longest prompt and the `context` that there is; `label_tokens`, the tokens of each
        label as words, and `line_end`, whether a line end belongs to each; `text`, the prompt for the first word;
        `before` and `after`, SHA-256 of the weights (None unless asked for); `seconds` of the processor: `reading` the
        prompt, `answering` about all words.

    Raises:
        IntakeError: something is refused.
        core.language_models.catalogue.ModelMissing: SmolLM2 is not here.
        core.language_models.labels.PromptTooLong: no room even without examples.
    """
    from core.language_models import catalogue
    from core.language_models import labels as scoring
    from core.language_models.prompts import Prompt
    from core.ways_to_train.ways import MODEL, fingerprint

    names = intake.labels_of(labels)
    prompt = Prompt(intake.examples_of(examples, names), intake.instruction_of(instruction))
    asked = intake.words_of(words)
    loaded = catalogue.load(MODEL)
    before = fingerprint(loaded) if fingerprints else None
    found = scoring.score(loaded, prompt, names, asked, calibration=calibrate, check=check)
    free = None if found.content_free is None else [scoring.normalised(row[None])[0] for row in found.content_free]
    end = loaded.tokenizer.token_to_id("Ċ")
    return {
        "words": list(asked),
        "labels": list(names),
        "raw": _plain(found.raw),
        "calibrated": _plain(found.calibrated),
        "logs": _plain(found.logs),
        "p_cf": _plain(found.p_cf),
        "content_free": _plain(free),
        "fell_out": [list(pair) for pair in prompt.examples[: found.fell_out]],
        "tokens": found.tokens,
        "context": loaded.context,
        "label_tokens": [
            [loaded.vocabulary[token].decode("utf-8", "replace") for token in tokens] for tokens in found.label_tokens
        ],
        "line_end": all(tokens[-1] == end for tokens in found.label_tokens),
        "text": found.prompt.text(asked[0]),
        "before": before,
        "after": fingerprint(loaded) if fingerprints else None,
        "seconds": {"reading": found.seconds[0], "answering": found.seconds[1]},
    }


def learn(way: str, examples: Sequence[Sequence[str]], words_to_test: Sequence[str], seed: int = 1) -> Row:
    """Train on any examples, a student's own too, and say which label each word gets.

    Args:
        way: "scratch" or "transfer".
        examples: [word, label] each, of at least two labels.
        words_to_test: asked about afterwards.
        seed: of the first weights and the order of examples.

    Returns:
        `words` as they were cleaned, `labels` in the order of their first example; `probabilities` of each word and
        label; `predicted`, the most probable label of each word; `parameters` that were changed, `updates` of them;
        `seconds` of the processor: `vectors`, to read the words with SmolLM2 where the list does not have them, and
        `training`; `right`, the share of the examples themselves that it puts right.

    Raises:
        IntakeError: something is refused.
        core.language_models.catalogue.ModelMissing: a word is not in the list, and SmolLM2 is not here.
    """
    from core.tasks.categories import networks
    from core.tasks.categories.settings import WAYS, own
    from core.tasks.categories.task import Categories
    from core.training.loop import train
    from core.ways_to_train.vectors import vectors

    if way not in WAYS:
        raise IntakeError("way_unknown", way)
    pairs, asked = intake.to_learn_from(examples), intake.words_of(words_to_test)
    learned, given = zip(*pairs, strict=True)
    settings = own(way, learned, given, intake.seed_of(seed))
    begun = time.process_time()
    task = Categories(settings, asked, lambda some: vectors(some, check))
    was_read, last = time.process_time(), None
    for frame in train(task, settings):
        check()
        last = frame
    assert last is not None
    found = last.arrays["probabilities"]
    return {
        "words": list(asked),
        "labels": list(task.labels),
        "probabilities": _plain(found),
        "predicted": [task.labels[place] for place in found.argmax(1)],
        "parameters": networks.size(way, len(task.labels)),
        "updates": last.update,
        "right": 1 - last.metrics["train_error"],
        "seconds": {"vectors": was_read - begun, "training": time.process_time() - was_read},
    }


def vectors(words: Sequence[str]) -> Row:
    """Return SmolLM2's vectors of words.

    Returns:
        `words` as they were cleaned; `width` of a vector; `values`, base64 of float32, one vector after the other
        (`core.files.from_base64`); `shipped`, whether each word's vector is that of the list.

    Raises:
        IntakeError: something is refused.
        core.language_models.catalogue.ModelMissing: a word is not in the list, and SmolLM2 is not here.
    """
    from core.tasks.categories import networks
    from core.ways_to_train import vectors as made

    asked = intake.words_of(words)
    found = made.vectors(asked, check).astype(np.float32)
    is_shipped = [word in networks.places() for word in asked]
    return {"words": list(asked), "width": found.shape[1], "values": base64_of(found), "shipped": is_shipped}


def point(way: str, count: int = 0, seed: int = 1, wording: int = 0) -> Row:
    """Measure one point of the curves now, on the 150 words held out.

    Args:
        way: one of `core.ways_to_train.ways.WAYS`.
        count: labelled words, at least 1; of no meaning for zero-shot.
        seed: of the draw.
        wording: of zero-shot, its place in `core.ways_to_train.ways.WORDINGS`.

    Returns:
        What `ways.trained` and `ways.prompted` say: the rows of the recorded file.

    Raises:
        IntakeError: no such way, count, seed or wording.
        core.language_models.catalogue.ModelMissing: SmolLM2 is not here, and the way needs it.
    """
    from core.language_models.prompts import Prompt
    from core.tasks.categories.settings import usual
    from core.ways_to_train import ways

    if way not in ways.WAYS:
        raise IntakeError("way_unknown", way)
    if way == "zero_shot":
        if wording not in range(len(ways.WORDINGS)):
            raise IntakeError("count_unknown", wording, len(ways.WORDINGS) - 1)
        return ways.prompted(Prompt((), ways.WORDINGS[wording]), check)
    if isinstance(count, bool) or count not in range(1, intake.MOST_EXAMPLES + 1):
        raise IntakeError("count_unknown", count, intake.MOST_EXAMPLES)
    if way == "few_shot":
        return ways.prompted(Prompt(ways.examples(count, intake.seed_of(seed))), check)
    return ways.trained(usual(way, count, intake.seed_of(seed)), check)


def converse(question: str, how: str) -> Row:
    """Ask SmolLM2 one question, bare or in its chat template.

    Args:
        question: any text on one line.
        how: "bare" or "template".

    Returns:
        What `core.ways_to_train.conversation.converse` says: `read` and `written`, token by token, and `ended`.

    Raises:
        IntakeError: something is refused.
        core.language_models.catalogue.ModelMissing: SmolLM2 is not here.
    """
    from core.ways_to_train import conversation

    if how not in conversation.HOW:
        raise IntakeError("way_unknown", how)
    return conversation.converse(intake.question_of(question), how, check)


def _plain(array: Any) -> Any:
    """Return an array as lists of numbers; None stays None."""
    return None if array is None else np.asarray(array, np.float64).tolist()


def check() -> None:
    """Go on, if somebody still wants the job; always, where this is called without a worker.

    Raises:
        InterruptedError: nobody does any more.
    """
    from distributed import get_worker

    try:
        get_worker()
    except ValueError:
        return
    if workers.cancelled():
        raise InterruptedError
