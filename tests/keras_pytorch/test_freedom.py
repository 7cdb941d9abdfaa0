"""Each wish, carried out in PyTorch and in Keras: both codes run, and end with the same network."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.language import catalog
from core.keras_pytorch import freedom
from core.notebooks import notebook
from core.tasks.digits.shown_code import files
from tests.notebooks import check_words, put_beside, run_notebooks


@pytest.mark.parametrize("wish", freedom.WISHES)
def test_both_codes_of_a_wish_print_the_same(wish: str) -> None:
    """What the two print (accuracies, a gain, lengths of gradients) is equal to its last digit but one."""
    printed = [freedom.run(wish, version).split() for version in freedom.VERSIONS]
    assert len(printed[0]) == len(printed[1])
    assert [float(one) for one in printed[0]] == pytest.approx([float(one) for one in printed[1]], abs=0.0021)
    assert float(printed[0][-1]) > 0.7  # it has learned


def test_a_wish_makes_a_difference() -> None:
    """Leaving out the line that carries out a wish ends elsewhere: the rate, the second loss, the bound."""
    plain = freedom.run("look", "PyTorch").split()[-1]
    for wish in ("rate", "losses", "clip"):
        assert freedom.run(wish, "PyTorch").split()[-1] != plain


@pytest.mark.slow
def test_the_notebooks_of_the_wishes_run(tmp_path: Path) -> None:
    """All cells of both codes of every wish run in a kernel and print what the page prints; one in English too."""
    translate = catalog("fr").gettext
    put_beside(tmp_path, files(translate))
    asked = {f"{wish}-{version}": (wish, version) for wish in freedom.WISHES for version in freedom.VERSIONS}
    given = {name: notebook("Page", freedom.source(*at, translate), [], translate) for name, at in asked.items()}
    english = notebook("Page", freedom.source("clip", "Keras", str), [], str)
    left = run_notebooks(tmp_path, given | {"english": english})
    for name, at in asked.items():
        assert left[name]["printed"] == freedom.run(*at) + "\n"
    assert left["english"]["printed"] == left["clip-Keras"]["printed"]


def test_the_code_speaks_the_pages_language() -> None:
    """Titles and comments are French on the French page, and the programs are the same."""
    places = [(wish, version) for wish in freedom.WISHES for version in freedom.VERSIONS]
    check_words(lambda _: {" ".join(place): freedom.source(*place, _) for place in places})
