"""The code tab of text generation, executed, prints the page's text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


def pages_text(request: Request) -> str:
    """Return what the page writes."""
    loaded = catalogue.load(request.model)
    ids = [step["token"] for step in write_all(request)["steps"]]
    return b"".join(loaded.vocabulary[token] for token in ids if token != loaded.end).decode()


@pytest.mark.slow
def test_the_code_of_smollm2_writes_the_pages_text(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where CURSEURS_MODELS says that models are, the code finds SmolLM2 and prints what the page writes."""
    monkeypatch.setenv("CURSEURS_MODELS", str(tmp_path))
    catalogue._loaded.clear()  # one that was loaded from elsewhere would not be written here
    request = Request("smollm2", "What is water?", how=Sampling(temperature=0), tokens=12)
    expected = pages_text(request)
    for source in sources(request).values():
        capsys.readouterr()
        execute(source)
        assert capsys.readouterr().out.removesuffix("\n") == expected
    catalogue._loaded.clear()


@pytest.mark.parametrize("model", catalogue.MODELS)
def test_the_code_of_every_model_names_only_what_it_has(model: str) -> None:
    """No version for any model uses a name that it neither imports nor defines: Ruff reads them as files."""
    for name, source in sources(Request(model, "Il était", how=Sampling(top_p=0.9), tokens=3)).items():
        done = subprocess.run(
            [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F", "-"],
            input=source, text=True, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (name, done.stdout)
