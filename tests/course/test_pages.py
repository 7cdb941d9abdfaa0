"""Every page in both languages, through the router, without a browser and without a network."""

from __future__ import annotations

import re
import socket
from typing import Any
from urllib.parse import parse_qsl

import pytest

from core.course import concepts
from core.lessons import load
from tests.helpers import STEMS, open_page

FIELD_TERMS = {"Weight decay", "Learning rate"}
"""The field's own words, kept in French too."""
PAGES = ["home", "glossary", *STEMS]
LANGUAGES = ["fr", "en"]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Block every connection to another host."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise OSError(f"a page asked for {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


def prefix_query(stem: str) -> dict[str, str]:
    """Return a query that opens the page's controls without the prediction."""
    return {"opened": "1"} if stem != "home" else {}


@pytest.mark.parametrize("stem", PAGES)
def test_every_page_opens_in_both_languages_without_a_network(stem: str) -> None:
    """No exception, the lesson's title, and not one connection to another host, with the controls closed and open.

    No English is left on the French page nor French on the English one: the two share no button or slider of more than
    a word.
    """
    labels = {}
    for language in LANGUAGES:
        for query in ({}, prefix_query(stem)):
            app = open_page(stem, lang=language, **query)
            assert not app.exception, app.exception[0].value
            assert app.title[0].value == load(stem, language).title
        kinds = (app.button, app.slider, app.select_slider, app.toggle, app.checkbox)
        found = {widget.label for kind in kinds for widget in kind}
        labels[language] = {label for label in found if len(label.split()) > 1}
    shared = labels["fr"] & labels["en"] - FIELD_TERMS
    assert not {label for label in shared if not re.search(r"[A-Z]{2}", label)}, shared


@pytest.mark.parametrize("stem", STEMS)
def test_every_page_is_in_the_navigation_and_on_home(stem: str) -> None:
    """Home has a card of the page in each language; its button opens the page."""
    for language in LANGUAGES:
        app = open_page("home", lang=language)
        app.button(key=f"open-{stem}").click().run()
        assert app.title[0].value == load(stem, language).title


HOSTILE = [
    "",
    "nan",
    "inf",
    "-1",
    "1e309",
    "9" * 400,
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "é" * 50,
    "[1,2",
    "null",
]


def url_keys(stem: str) -> list[str]:
    """Return the names of every control of a page that lives in the URL."""
    app = open_page(stem, **prefix_query(stem))
    linked: dict[str, str] = app.session_state["curseurs: controls of this page"]
    return list(linked)


@pytest.mark.parametrize("stem", PAGES)
def test_hostile_values_in_every_url_parameter_are_ignored(stem: str) -> None:
    """Nonsense, out-of-range and hostile values in all parameters at once leave a page that works."""
    keys = url_keys(stem)
    for value in HOSTILE:
        app = open_page(stem, **dict.fromkeys(keys, value))
        assert not app.exception, (value, app.exception[0].value)


def test_the_controls_of_an_address_survive_a_change_of_language() -> None:
    """The same address in the other language shows the same experiment."""
    for language in LANGUAGES:
        app = open_page("train_val_test", lang=language, tvt_optimizer="rmsprop", tvt_epochs="3", tvt_model="cnn")
        assert app.session_state["tvt_optimizer"] == "rmsprop"
        assert app.session_state["tvt_epochs"] == 3
        assert app.session_state["tvt_model"] == "cnn"


def test_an_unknown_language_is_french_and_the_browsers_english_is_heard() -> None:
    """`?lang=xx` falls back to French, the course's language."""
    assert open_page("home", lang="xx").title[0].value == "Curseurs"
    assert "Commencer ici" in {button.label for button in open_page("home", lang="xx").button}
    assert "Start here" in {button.label for button in open_page("home", lang="en").button}


def test_what_a_page_reads_beforehand_is_a_view_of_it() -> None:
    """Each address that the server opens before its first answer is obeyed: its controls stand on what it says."""
    addresses = [(concept.stem, parse_qsl(view)) for concept in concepts() for view in concept.reads]
    assert addresses
    for stem, asked in addresses:
        app = open_page(stem, **dict(asked))
        assert not app.exception, stem
        assert {name: app.session_state[name] for name, _value in asked} == dict(asked)
