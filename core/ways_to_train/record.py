"""Record what the page shows: `python -m core.ways_to_train.record [vectors layers curves effects conversation]`.

Or all of it: half an hour of one thread. What was interrupted goes on where it stopped.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.files import write_whole
from core.language_models import catalogue
from core.language_models.prompts import Prompt
from core.tasks.categories import networks
from core.tasks.categories.settings import usual
from core.tasks.categories.words import CATEGORIES, drawn, load, split
from core.ways_to_train import conversation, curves, effects, live, vectors, ways
from core.ways_to_train.curves import DRAWS
from core.ways_to_train.ways import COUNTS, MODEL, WORDINGS, Row, examples, fingerprint, prompted, trained

LAYERS_COUNTS, LAYERS_DRAWS = (5, 10, 20), 8


class Recording:
    """A file of results that grows, with its date and machine; each result is computed once.

    Args:
        path: the file; what it holds already is kept.
    """

    def __init__(self, path: Path) -> None:
        from core.runs.run import origin_here

        self._path, origin = path, origin_here()
        self.told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        self.told |= {"date": origin.date, "machine": origin.machine, "versions": origin.versions, "threads": 1}

    def add(self, place: tuple[str, ...], number: int, compute: Callable[[], Row]) -> None:
        """Compute a result and append it to the list at a place, unless that has so many already."""
        held = self.told
        for name in place[:-1]:
            held = held.setdefault(name, {})
        rows: list[Row] = held.setdefault(place[-1], [])
        if len(rows) > number:
            return
        rows.append(compute())
        print(*place, number, {k: v for k, v in rows[-1].items() if k in {"accuracy", "calibrated"}}, flush=True)
        self.write()

    def write(self) -> None:
        """Write the file, a result on each line."""
        write_whole(self._path, (_laid_out(self.told) + "\n").encode())


def _laid_out(told: Any, indent: str = "") -> str:
    """Return JSON with lists of results, and all that holds none, on a line each."""
    deeper = indent + " "
    if isinstance(told, dict) and any(isinstance(value, (dict, list)) for value in told.values()) and indent != "  ":
        inside = [f"{deeper}{json.dumps(name)}: {_laid_out(value, deeper)}" for name, value in told.items()]
        return "{\n" + ",\n".join(inside) + f"\n{indent}}}"
    if isinstance(told, list) and told and isinstance(told[0], dict):
        return "[\n" + ",\n".join(f"{deeper}{json.dumps(row)}" for row in told) + f"\n{indent}]"
    return json.dumps(told, ensure_ascii=False)


def record_curves() -> None:
    """Measure every way with every number of labelled words, draw by draw."""
    told = Recording(curves.FILE)
    loaded = catalogue.load(MODEL)
    before = fingerprint(loaded)
    for way in ("scratch", "transfer"):
        for seed in range(DRAWS[way]):
            for count in COUNTS:
                settings = usual(way, count, seed + 1)
                told.add(("ways", way, str(count)), seed, partial(trained, settings))
    for wording, sentence in enumerate(WORDINGS):
        told.add(("ways", "zero_shot", "0"), wording, partial(_worded, sentence))
    for seed in range(DRAWS["few_shot"]):
        for count in COUNTS:
            told.add(("ways", "few_shot", str(count)), seed, partial(prompted, Prompt(examples(count, seed + 1))))
    begun = time.process_time()
    vectors.states(ways.held_out()[0], last=vectors.LAYER)
    told.told["vector_seconds"] = round((time.process_time() - begun) / len(ways.held_out()[0]), 4)
    told.told["parameters"] = {way: ways.parameters(way) for way in ways.WAYS}
    told.told["model"] = {"name": catalogue.description(MODEL).name, "before": before, "after": fingerprint(loaded)}
    told.write()


def _worded(sentence: str) -> Row:
    return prompted(Prompt((), sentence)) | {"wording": sentence}


def record_effects() -> None:
    """Ask the prompts of `core.ways_to_train.effects`."""
    told = Recording(curves.EFFECTS)
    for seed in range(effects.ORDER_DRAWS):
        for order in range(effects.ORDERS):
            some = effects.ordered(seed + 1, order)
            told.add(("order", str(seed + 1)), order, partial(_shown, some))
    for label, name in enumerate(CATEGORIES):
        for count in effects.MAJORITY:
            for seed in range(effects.MAJORITY_DRAWS):
                some = effects.with_majority(label, count, seed)
                told.add(("majority", name, str(count)), seed, partial(_shown, some))
        for seed in range(effects.BLOCKS_DRAWS):
            some = effects.in_blocks(label, seed + 1)
            told.add(("blocks", name), seed, partial(_shown, some))
    for seed in range(effects.WRONG_DRAWS):
        for share in effects.WRONG:
            some = effects.with_wrong(share, seed + 1)
            told.add(("wrong", "few_shot", str(share)), seed, partial(prompted, Prompt(some)))
            for way in ("scratch", "transfer"):
                told.add(("wrong", way, str(share)), seed, partial(_trained_on, way, some))
        for count in effects.NAMES_COUNTS if seed < effects.NAMES_DRAWS else ():
            renamed = Prompt(effects.renamed(examples(count, seed + 1)))
            told.add(("meaningless", str(count)), seed, partial(prompted, renamed, names=effects.MEANINGLESS))
        for count in effects.FRENCH_COUNTS if seed < effects.FRENCH_DRAWS else ():
            english = Prompt(examples(count, seed + 1))
            told.add(("french", str(count)), seed, partial(prompted, english, words=effects.in_french()))
    for seed in range(effects.SPELLING_DRAWS):
        for count in effects.SPELLING_COUNTS:
            for way in ("scratch", "transfer", "few_shot"):
                told.add(("spelling", way, str(count)), seed, partial(_spelled, way, count, seed + 1))


def _shown(some: effects.Examples) -> Row:
    return prompted(Prompt(some)) | {"labels": [CATEGORIES.index(label) for _word, label in some]}


def _trained_on(way: str, some: effects.Examples) -> Row:
    """Train on examples whose labels may be wrong; the labels in the order of the categories."""
    from core.tasks.categories.settings import own
    from core.tasks.categories.task import Categories
    from core.training.loop import train

    words, given = zip(*some, strict=True)
    settings = own(way, words, given, seed=1)
    task = Categories(settings, ways.held_out()[0])
    *_, last = train(task, settings)
    order = [task.labels.index(label) for label in CATEGORIES]
    found = last.arrays["probabilities"][:, order]
    return {"accuracy": ways.accuracy(found), "read": ways.read(found)}


def _spelled(way: str, count: int, seed: int) -> Row:
    """Learn, or ask, whether a word has an e."""
    some, asked = effects.spelled(count, seed)
    words, truth = zip(*asked, strict=True)
    if way != "few_shot":
        return {"accuracy": _share(live.learn(way, some, words, seed)["predicted"], truth)}
    found = live.score(some, words, effects.SPELLING, fingerprints=False)
    read = {
        name: [effects.SPELLING[int(np.argmax(row))] for row in found[probabilities]]
        for name, probabilities in (("accuracy", "raw"), ("calibrated", "calibrated"))
    }
    return {name: _share(labels, truth) for name, labels in read.items()}


def _share(found: Sequence[str], truth: Sequence[str]) -> float:
    return sum(map(str.__eq__, found, truth)) / len(truth)


def _rows(values: NDArray[np.float32], places_of: dict[str, int], some: Sequence[str]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = values[[places_of[word] for word in some]]
    return found


def record_layers() -> None:
    """Measure on the pool alone which layer's vectors let words be told apart best by a head learned on others."""
    from core.tasks.categories.task import Categories
    from core.training.loop import train

    words, pool = load(), split().pool
    states = vectors.states(words.english)
    told = Recording(curves.LAYERS)
    told.told["layers"] = {}
    shipped, places_of = networks.shipped(), networks.places()
    for layer, values in enumerate(states):
        # scaled as the shipped ones are, whose own scale is taken back: the task puts it on again
        scaled = (values - values[pool].mean(0)) / values[pool].std(0) * shipped.deviation + shipped.mean
        reached = []
        for count in LAYERS_COUNTS:
            for seed in range(LAYERS_DRAWS):
                places = drawn(count, seed + 1)
                rest = np.setdiff1d(pool, places)
                settings = usual("transfer", count, seed + 1)
                asked = [words.english[place] for place in rest]
                task = Categories(settings, asked, partial(_rows, scaled, places_of))
                *_, last = train(task, settings)
                reached.append(float((last.arrays["probabilities"].argmax(1) == words.categories[rest]).mean()))
        told.told["layers"][str(layer)] = round(float(np.mean(reached)), 4)
    told.write()


WHAT = {
    "vectors": vectors.record,
    "layers": record_layers,
    "curves": record_curves,
    "effects": record_effects,
    "conversation": conversation.record,
}


if __name__ == "__main__":
    import torch

    torch.set_num_threads(1)  # as on a worker
    for name in sys.argv[1:] or WHAT:
        WHAT[name]()
