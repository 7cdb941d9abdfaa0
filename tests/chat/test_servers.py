"""Keys that are never shown, names that can be names, and presets that contact nobody."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import socket
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.chat.addresses import parse
from core.chat.errors import HIDDEN, ChatError, Kind, shown
from core.chat.servers import EMBEDDED, PRESETS, Key, Server, server_of
from core.files import ROOT

SECRET = "sk-very-secret-0123456789"


@pytest.mark.parametrize(
    "pasted",
    [SECRET, f"  {SECRET}\n", f'"{SECRET}"', f"« {SECRET} »", f"'{SECRET}' ", f"\u200b{SECRET}\ufeff",
     f"Bearer {SECRET}", f"\u00a0{SECRET}\u202f"],
)  # fmt: skip
def test_a_pasted_key_is_the_key(pasted: str) -> None:
    """Spaces, quotes, and what copying brings along are dropped."""
    assert Key(pasted).secret() == SECRET


@pytest.mark.parametrize(
    ("pasted", "reason"),
    [("sk-clé", "not_ascii"), ("sk-se\u200bcret", "not_ascii"), ("sk\x00secret", "control"), ("sk\nsecret", "control"),
     ("sk\r\nX-Evil: 1", "control"), ("my secret key", "space"), ("x" * 5_000, "long")],
)  # fmt: skip
def test_what_cannot_be_a_key_is_refused_without_telling_it(pasted: str, reason: str) -> None:
    """An accent would be an `UnicodeEncodeError` of the client, a line feed another header."""
    with pytest.raises(ChatError) as caught:
        Key(pasted)
    assert (caught.value.kind, caught.value.reason) == (Kind.BAD_KEY, reason)
    assert pasted not in repr(caught.value)


def test_a_key_shows_nowhere() -> None:
    """Not printed, formatted, pickled, written as JSON or as a dictionary; a copy within the process keeps it."""
    server = Server("https://api.mistral.ai/v1", "mistral-small-latest", Key(SECRET))
    told = [repr(server), str(server), f"{server}", f"{server.key}", repr(dataclasses.asdict(server)),
            repr(vars(server)), repr(pickle.dumps(server)),
            json.dumps(dataclasses.asdict(server), default=str), server.id]  # fmt: skip
    assert not any(SECRET[:8] in each or SECRET[8:] in each for each in told)
    assert HIDDEN in repr(server)
    assert copy.deepcopy(server) == copy.copy(server) == server
    assert not pickle.loads(pickle.dumps(server)).key


def test_keys_are_compared_by_what_they_are() -> None:
    """Equal and unequal, with equal hashes; an empty one is none."""
    assert Key(SECRET) == Key(f" {SECRET} ")
    assert hash(Key(SECRET)) == hash(Key(SECRET))
    assert Key(SECRET) != Key("other")
    assert Key(SECRET) != SECRET
    assert not Key(" ")


@settings(deadline=None)
@given(st.text("abc-", min_size=9, max_size=40), st.text("xyz \n", max_size=30), st.text("xyz ", max_size=300))
def test_no_part_of_a_key_survives_in_what_a_server_said(key: str, before: str, after: str) -> None:
    """Whole or in parts of eight letters, wherever it stands, also where the text is cut."""
    found = shown(before + key + after + key[2:], key)
    assert not any(key[start : start + 8] in found for start in range(len(key) - 7))
    assert len(found) <= 200


@pytest.mark.parametrize("name", ["", "  ", "x" * 300, "a\nb"])
def test_what_cannot_be_a_models_name_is_refused(name: str) -> None:
    """Empty, too long, over two lines."""
    with pytest.raises(ChatError) as caught:
        server_of("https://api.mistral.ai/v1", name)
    assert caught.value.reason == "model"


def test_no_form_reaches_the_embedded_models_process() -> None:
    """A server that is typed is never inside, whatever its name."""
    assert not server_of("https://embedded/v1", EMBEDDED.model).inside
    with pytest.raises(ChatError):
        server_of(EMBEDDED.address, EMBEDDED.model)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_a_base_address_that_nobody_contacts(preset: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its address is written as ours are, dated and sourced; making a server of it opens no connection."""

    def nothing(*_args: object, **_named: object) -> None:
        pytest.fail("contacted")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    monkeypatch.setattr(socket.socket, "connect", nothing)
    given = PRESETS[preset]
    assert parse(given.address).base == given.address
    assert given.source
    assert given.date
    assert given.at_home == ("localhost" in given.address)
    for model in given.models or ("any",):
        assert server_of(given.address, model, "key" if given.needs_key else "").address == given.address


def test_a_page_loads_neither_the_client_nor_an_engine() -> None:
    """What it imports of the chat leaves openai, httpx2, xllamacpp and torch alone; nothing is started."""
    script = (
        "import sys; from core.chat import answering, embedded, received, client, servers; embedded.problem(); "
        "print({'openai', 'httpx2', 'xllamacpp', 'torch', 'transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
