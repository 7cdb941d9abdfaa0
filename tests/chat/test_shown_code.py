"""The code tab of the chat's page: its notebook starts the model by itself, asks it, and speaks the page's language."""

from __future__ import annotations

from pathlib import Path

from core.chat.presets import PRESETS, recorded
from core.chat.requests import How
from core.chat.servers import EMBEDDED, server_of
from core.chat.shown_code import sources
from core.notebooks import DataFile, Translate
from tests.notebooks import check_words, run_downloads

SAID = [
    {"role": "user", "content": PRESETS["alone"].questions[0]},
    {"role": "assistant", "content": recorded("alone")[0]["answer"]},
    {"role": "user", "content": PRESETS["alone"].questions[1]},
]


def test_the_notebook_runs(tmp_path: Path) -> None:
    """Every cell runs in a kernel, in French and in English: the model starts, and answers as it was recorded."""

    def made(_: Translate) -> tuple[str, list[DataFile]]:
        return sources(SAID, PRESETS["alone"].how, EMBEDDED, _)["openai"], []

    left = run_downloads(tmp_path, made, "answer")
    assert left["fr"]["answer"] == left["en"]["answer"]
    assert "Rome" in left["fr"]["answer"]


def test_another_servers_code_asks_it_and_holds_no_key() -> None:
    """Its address and model stand in the code, the key never does."""
    server = server_of("https://api.mistral.ai/v1", "mistral-small-latest", "secret-key-of-a-student")
    source = sources(SAID, How(), server, str)["openai"]
    compile(source, "shown", "exec")
    assert "https://api.mistral.ai/v1" in source
    assert "mistral-small-latest" in source
    assert "secret" not in source


def test_the_code_speaks_the_pages_language() -> None:
    """Titles and comments are French on the French page, and the program is the same."""
    for server in (EMBEDDED, server_of("https://api.openai.com/v1", "gpt-4o", "")):
        check_words(lambda _, server=server: sources(SAID, How(), server, _))  # type: ignore[misc]
