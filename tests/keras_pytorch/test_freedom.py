"""Each wish, carried out in PyTorch and in Keras: both codes run, and end with the same network."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from components.language import catalog
from core.keras_pytorch import freedom
from core.notebooks import notebook
from core.tasks.digits.shown_code import files
from tests.keras_pytorch.wishes import said
from tests.notebooks import check_words, program, put_beside, run_notebooks

PLACES = [(wish, version) for wish in freedom.WISHES for version in freedom.VERSIONS]


@pytest.mark.parametrize("wish", freedom.WISHES)
def test_both_codes_of_a_wish_print_the_same(wish: str) -> None:
    """What the two print (accuracies, a gain, lengths of gradients) is equal to its last digit but one."""
    printed = [said(wish, version).split() for version in freedom.VERSIONS]
    assert len(printed[0]) == len(printed[1])
    assert [float(one) for one in printed[0]] == pytest.approx([float(one) for one in printed[1]], abs=0.0021)
    assert float(printed[0][-1]) > 0.7  # it has learned


def test_a_wish_makes_a_difference() -> None:
    """Leaving out the line that carries out a wish ends elsewhere: the rate, the second loss, the bound."""
    plain = said("look", "PyTorch").split()[-1]
    for wish in ("rate", "losses", "clip"):
        assert said(wish, "PyTorch").split()[-1] != plain


def test_the_notebooks_of_the_wishes_run(tmp_path: Path) -> None:
    """All cells of both codes of a wish run in a kernel and print what the page prints, one in English too.

    The notebook of every other wish has the same cells before its last, and that one is the code that the page ran.
    """
    translate = catalog("fr").gettext
    put_beside(tmp_path, files(translate))
    given = {" ".join(at): notebook("Page", freedom.source(*at, translate), [], translate) for at in PLACES}
    code = {name: code_cells(book) for name, book in given.items()}
    for wish, version in PLACES:
        *before, last = code[f"{wish} {version}"]
        assert before == code[f"clip {version}"][:-1]
        assert program(last) == program(freedom.code(wish, version, str))
    tried = {version: given[f"clip {version}"] for version in freedom.VERSIONS}
    english = notebook("Page", freedom.source("clip", "Keras", str), [], str)
    left = run_notebooks(tmp_path, tried | {"english": english})
    for version in freedom.VERSIONS:
        assert left[version]["printed"] == said("clip", version) + "\n"
    assert left["english"]["printed"] == left["Keras"]["printed"]


def code_cells(book: bytes) -> list[str]:
    return [cell.source for cell in nbformat.reads(book.decode(), as_version=4).cells if cell.cell_type == "code"]


def test_the_code_speaks_the_pages_language() -> None:
    """Titles and comments are French on the French page, and the programs are the same."""
    check_words(lambda _: {" ".join(place): freedom.source(*place, _) for place in PLACES})
