"""Record the notebook's examples: what pages keep of the course's runs. `python -m tests.project.record_examples`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from components.language import LANGUAGES
from core.files import RECORDED, write_whole
from core.notebook.experiment import Experiment
from core.notebook.file import write
from tests.helpers import open_page
from tests.notebook.kept import kept

BATCHES = ({"blr_rate": "0.1"}, {"blr_rate": "0.1", "blr_batch": "1024"})
SEEDS = ("1", "2", "3")
LINKS = [
    ("train_val_test", "", {"tvt_measure": "loss"}),
    *(("batch_learning_rate", "runs", batch | {"blr_seed": seed}) for batch in BATCHES for seed in SEEDS),
]
"""Page, part and link of each example."""


def examples(language: str) -> Iterator[Experiment]:
    """Yield what the pages keep in a language."""
    for at, (stem, part, link) in enumerate(LINKS, start=1):
        app = open_page(stem, lang=language, **link)
        assert not app.exception
        yield replace(kept(app)[part], sequence=at)


def main() -> None:
    """Write the examples of each language."""
    for language in LANGUAGES:
        write_whole(RECORDED / "project" / f"examples.{language}.json", write(examples(language)).encode())


if __name__ == "__main__":
    main()
