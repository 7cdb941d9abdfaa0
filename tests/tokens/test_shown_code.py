"""The code tab of the page of tokens, executed; its notebooks, run in a kernel, without a network."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.notebooks import DataFile, Translate
from core.tokens import tokenizers
from core.tokens.shown_code import sources
from core.tokens.texts import FAMILY, IN_FRENCH, PARAGRAPH
from core.tokens.tokenizers import encode
from tests.helpers import execute
from tests.notebooks import check_words, run_downloads


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tiktoken find its files here; a student's own fetches them the first time, as the code says."""
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tokenizers.RANKS))


@pytest.mark.parametrize("text", [PARAGRAPH, IN_FRENCH, FAMILY, "it's \"quoted\" \\n\n'''", "\x00", ""])
def test_tiktoken_gives_the_numbers_of_the_picture(text: str) -> None:
    """The shown code cuts the text as the picture does, with each of the three, whatever the text holds."""
    found = execute(sources(text, str)["tiktoken"])["found"]
    for name, base in (("gpt2", "r50k_base"), ("cl100k", "cl100k_base"), ("o200k", "o200k_base")):
        assert found[base] == list(encode(name, text).ids)


@pytest.mark.parametrize("text", [FAMILY, "it's \"quoted\" \\n\n'''", "\x00", ""])
def test_learned_tokenizers_bring_every_text_back(text: str) -> None:
    """Both learned versions run on hostile texts, and agree on the number of tokens."""
    library, by_hand = (execute(sources(text, str)[version]) for version in ("tokenizers", "Python"))
    assert by_hand["length"] == len(library["ids"])


@pytest.mark.parametrize("version", ["tiktoken", "tokenizers", "Python"])
def test_the_notebooks_run(version: str, tmp_path: Path) -> None:
    """Every cell of each notebook runs in a kernel, in French and in English."""
    assert os.environ["TIKTOKEN_CACHE_DIR"]
    name = {"tiktoken": "ids", "tokenizers": "ids", "Python": "length"}[version]

    def made(_: Translate) -> tuple[str, list[DataFile]]:
        return sources(PARAGRAPH, _)[version], []

    left = run_downloads(tmp_path, made, name, fresh=version == "tiktoken")  # which reads where its files are
    assert left["fr"][name] == left["en"][name]


def test_the_code_speaks_the_pages_language() -> None:
    """Titles and comments are French on the French page, and the program is the same."""
    check_words(lambda _: sources(PARAGRAPH, _))
