"""The code tab of the page on sizes, executed: it counts what the picture counts."""

from __future__ import annotations

import contextlib
import io
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from core.model_size.chosen import NUMBERS, Chosen, fitted, of_preset
from core.model_size.presets import presets
from core.model_size.shown_code import sources
from core.notebooks import DataFile, Translate
from tests.helpers import execute
from tests.notebooks import check_words, run_downloads

STARTS = {name: of_preset(preset) for name, preset in presets().items()}


def chosen(where: dict[str, Any]) -> Chosen:
    return fitted(where["family"], {name: where[name] for name in NUMBERS}, tied=where["tied"])[0]


@pytest.mark.parametrize("name", [name for name, preset in presets().items() if preset.decoder])
def test_both_versions_count_what_the_picture_counts(name: str) -> None:
    """Parameters by `transformers` and by hand; by hand also the bytes of the cache and the operations."""
    model = chosen(STARTS[name])
    assert model.blocks is not None
    found = sources(model, str)
    assert execute(found["transformers"])["parameters"] == model.blocks.parameters
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert execute(found["Python"])["parameters"] == model.blocks.parameters
    told = [int(line.replace(",", "")) for line in said.getvalue().split()]
    assert told == [model.blocks.parameters, model.cache(), model.operations]


@pytest.mark.parametrize(
    "changed",
    [{"layers": 0}, {"tied": False}, {"family": "mixtral", "experts": 4, "experts_used": 3, "kv_heads": 2, "layers": 2},
     {"family": "mistral", "window": 7, "layers": 1}, {"family": "llama", "kv_heads": 1, "layers": 3, "tied": False}],
)  # fmt: skip
def test_other_models_are_counted_alike(changed: dict[str, Any]) -> None:
    """Zero layers, a head of its own, experts, a window, one pair of keys: both versions agree with the picture."""
    model = chosen(STARTS["gpt2"] | changed)
    assert model.blocks is not None
    for source in sources(model, str).values():
        assert execute(source)["parameters"] == model.blocks.parameters


def test_a_thousand_layers_are_listed_once() -> None:
    """What the other layers repeat is not printed, and the code says what takes a while; nothing is missing of one."""
    few, many = (chosen(STARTS["gpt2"] | {"layers": layers}) for layers in (1, 1_000))
    listed = []
    for model in (few, many):
        said, source = io.StringIO(), sources(model, str)["transformers"]
        assert ("so many layers take a while" in source) == (model is many)
        with contextlib.redirect_stdout(said):
            assert model.blocks is not None
            assert execute(source)["parameters"] == model.blocks.parameters
        listed.append(said.getvalue().splitlines()[1:])
    assert listed[0] == listed[1]
    assert len(listed[0]) == 16


def test_the_courses_network_is_counted_by_pytorch_and_keras() -> None:
    """Both versions find 14,007."""
    for source in sources(chosen(STARTS["letters"]), str).values():
        assert execute(source)["parameters"] == 14_007


def test_what_was_never_published_has_no_code() -> None:
    """GPT-4 has none."""
    assert sources(chosen(STARTS["gpt4"]), str) == {}


@pytest.mark.parametrize(("name", "version"), [("gpt2", "transformers"), ("gpt2", "Python"), ("letters", "PyTorch"),
                                               ("letters", "Keras")])  # fmt: skip
def test_the_notebooks_run(name: str, version: str, tmp_path: Path) -> None:
    """Every cell of each notebook runs in a kernel, in French and in English."""
    model = chosen(STARTS[name])
    assert model.blocks is not None

    def made(_: Translate) -> tuple[str, list[DataFile]]:
        return sources(model, _)[version], []

    left = run_downloads(tmp_path, made, "parameters")
    assert left["fr"]["parameters"] == left["en"]["parameters"] == model.blocks.parameters


def test_the_code_speaks_the_pages_language() -> None:
    """Titles and comments are French on the French page, and the program is the same."""
    for name in ("gpt2", "llama3_8b", "mixtral_8x7b", "letters"):
        check_words(partial(sources, chosen(STARTS[name])))
