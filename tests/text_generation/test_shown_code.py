"""The code tab of text generation, executed, prints the page's text."""

from __future__ import annotations

import pytest

from core.language_models import catalogue
from core.language_models.sampling import Sampling
from core.language_models.writings import Request, write_all
from core.text_generation.shown_code import sources
from tests.helpers import execute


@pytest.mark.parametrize(
    "how",
    [
        Sampling(),
        Sampling(temperature=0),
        Sampling(temperature=0.7, top_k=20, top_p=0.9),
        Sampling(min_p=0.05, repetition_penalty=1.2),
    ],
)
def test_the_code_beside_the_picture_writes_the_pages_text(how: Sampling, capsys: pytest.CaptureFixture[str]) -> None:
    """The hand-written loop prints the page's text; `generate` runs, and at T = 0 prints it too."""
    request = Request("mini", "Il était une fois", how=how, seed=3, tokens=30)
    answer = write_all(request)
    end = catalogue.load("mini").end
    expected = b"".join(bytes.fromhex(s["bytes"]) for s in answer["steps"] if s["token"] != end).decode()
    printed = {}
    for name, source in sources(request).items():
        capsys.readouterr()
        execute(source)
        printed[name] = capsys.readouterr().out.removesuffix("\n")
    assert printed["PyTorch"] == expected
    assert printed["transformers"]
    if how.temperature == 0:
        assert printed["transformers"] == expected
