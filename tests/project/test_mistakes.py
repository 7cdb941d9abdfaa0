"""What a row misreads, as it is shown: real examples of validation, their right class, what was said, from a run."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from components.project.picture import _ladders
from core.project.baselines import BASELINES, MODELS, TASKS
from core.project.measuring import Bench
from core.project.mistakes import MOST, SHEETS, mistakes, places
from core.project.recorded import recorded
from core.project.sheet import COLUMNS, sheet

NAMES = [pytest.param("digits", marks=pytest.mark.slow), "letters", pytest.param("signs", marks=pytest.mark.slow)]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_kept_is_misread_by_the_shown_code(name: str) -> None:
    """Run again, the baselines misread these; the other rows' examples bear the class that is called right."""
    task, bench = TASKS[name], Bench(name)
    y, characters = bench.names["y_val"], bench.names.get("characters", "")
    bench.measure(100, 1, BASELINES, lambda _row: None)
    for model in BASELINES:
        again = mistakes(task, bench.names, model)
        assert again == [list(mistake) for mistake in recorded().rung(name, 100, model).wrong]
    for size in task.sizes:
        for model in MODELS:
            wrong = recorded().rung(name, size, model).wrong
            assert 0 < len(wrong) <= MOST
            for example, truth, said in wrong:
                assert said != truth
                assert name == "letters" or truth == str(y[example])
                assert name != "letters" or {*example, truth, said} <= set(characters)


@pytest.mark.parametrize("name", [pytest.param("digits", marks=pytest.mark.slow),
                                  pytest.param("signs", marks=pytest.mark.slow)])  # fmt: skip
def test_the_sheet_holds_the_images_that_were_misread(name: str) -> None:
    """Each place of the sheet that a row points at is that image of validation, pixel for pixel."""
    x = Bench(name).names["x_val"]
    side = round(TASKS[name].inputs ** 0.5)
    page = np.asarray(Image.open(SHEETS[name]))
    for drawn, size in zip(_ladders()[name]["ladders"], TASKS[name].sizes, strict=True):
        for row in drawn:
            told = recorded().rung(name, size, row["model"]).wrong
            for (at, *_), (example, *_classes) in zip(row["wrong"], told, strict=True):
                top, left = side * (at // COLUMNS), side * (at % COLUMNS)
                pixels = (x[example] if name == "digits" else (x[example] + 1) / 2).reshape(side, side) * 255
                assert np.abs(page[top : top + side, left : left + side] - pixels).max() < 0.51


def test_a_sheet_shows_each_image_at_its_place() -> None:
    """Twenty-one images stand in two rows, and places are those of the images in order, each once."""
    given = np.arange(21 * 4, dtype=np.uint8).reshape(21, 2, 2)
    page = np.asarray(Image.open(io.BytesIO(sheet(given))))
    assert page.shape == (4, 40)
    assert (page[:2, 38:] == given[19]).all()
    assert (page[2:, :2] == given[20]).all()
    assert places([[[7, "1", "2"], [3, "1", "2"]], [[7, "1", "4"]]]) == [3, 7]
