"""The code tab of the GPU page, executed on the processor; its notebooks, run in a kernel."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.gpu.shown_code import sources
from core.gpu.work import COURSE, WIDTHS, weights
from tests.helpers import execute
from tests.notebooks import check_words, run_downloads


@pytest.mark.parametrize("width", [16, COURSE, 256])
def test_the_code_trains_the_network_of_the_picture(width: int) -> None:
    """Both versions build as many weights as the picture says, on the processor here, and time an update."""
    shown = {name: execute(source) for name, source in sources(width, 8, str).items()}
    assert sum(held.numel() for held in shown["PyTorch"]["model"].parameters()) == weights(width)
    assert shown["Keras"]["model"].count_params() == weights(width)
    for names in shown.values():
        assert str(names["device"]).startswith("cpu")
        assert names["seconds"] > 0
    assert shown["PyTorch"]["x"].shape == (8, 784)


def test_every_network_of_the_slider_has_its_code() -> None:
    """The code of each width and batch compiles, and names its sizes."""
    for width in WIDTHS:
        for source in sources(width, 16_384, str).values():
            compile(source, "shown code", "exec")
            assert "16384" in source


@pytest.mark.parametrize("version", ["PyTorch", "Keras"])
def test_the_notebooks_run(version: str, tmp_path: Path) -> None:
    """Every cell of each notebook runs in a kernel, in French and in English, and says its time in that language."""
    left = run_downloads(tmp_path, lambda _: (sources(COURSE, 16, _)[version], []), "seconds", keras=version == "Keras")
    assert all(names["seconds"] > 0 for names in left.values())
    assert "par mise à jour" in left["fr"]["printed"]
    assert "an update" in left["en"]["printed"]


def test_the_code_speaks_the_pages_language() -> None:
    """Titles and comments are French on the French page, and the program is the same."""
    check_words(lambda _: sources(COURSE, 16, _))
