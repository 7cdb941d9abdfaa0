"""The check of the sentences finds what it says it finds, and lets pass what states nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims import __main__ as checker

HEAD = "---\ntitle: T\nshort: T\nobjective: Two of three.\nminutes: 1\n---\n"


@pytest.fixture
def faults_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Return what checks a page whose lessons and tests are given."""

    def check(french: str, english: str, tests: str = "") -> list[str]:
        for language, body in (("fr", french), ("en", english)):
            lesson = tmp_path / "lessons" / language / "page.md"
            lesson.parent.mkdir(parents=True, exist_ok=True)
            lesson.write_text(f"{HEAD}## A {{#a}}\n{body}\n")
        written = tmp_path / "tests" / "page" / "test_claims.py"
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(tests)
        monkeypatch.setattr(checker, "LESSONS", tmp_path / "lessons")
        monkeypatch.setattr(checker, "ROOT", tmp_path)
        return checker.faults("page")

    return check


TEST = "def test_it_holds() -> None: ...\n"
CLAIM = "<!-- claim: it-holds -->"


@pytest.mark.parametrize(
    ("french", "english", "tests", "said"),
    [
        ("Il y en a 12.", "There are 12. <!-- definition -->", "", "neither claim nor source: Il y en a 12."),
        (f"Il y en a 12. {CLAIM} Jamais.", f"There are 12. {CLAIM}", TEST, "neither claim nor source: Jamais."),
        (f"Il y en a 12. {CLAIM}", f"There are 12. {CLAIM}", "", "claim without a test: it-holds"),
        ("Bonjour.", "Hello.", TEST, "test without a claim: it-holds"),
        (f"Il y en a 12. {CLAIM}", "There are 12. <!-- definition -->", TEST, "in one language only: it-holds"),
        ("Il y en a 12. <!-- source: -->", "There are 12. <!-- source: A 2003 -->", "", "a source without a name"),
        ("- [ ] 7 :: Il y en a 12.", "- [ ] 7 :: Hello.", "", "neither claim nor source: Il y en a 12."),
        ("| 3 | 4 |\n|---|---|", "Hello.", "", "neither claim nor source: | 3 | 4 |"),
    ],
)
def test_each_fault_is_found(faults_of: object, french: str, english: str, tests: str, said: str) -> None:
    """A bare fact, a claim without a test and the reverse, a claim in one language, a nameless source: each is said."""
    assert callable(faults_of)
    assert any(said in fault for fault in faults_of(french, english, tests))


@pytest.mark.parametrize(
    ("french", "english", "tests"),
    [
        ("Combien y en a-t-il, 7 ou 12 ?", "How many are there, 7 or 12?", ""),
        ("Choisissez trois mots.", "Choose three words.", ""),
        ("- [ ] Toujours 12.\n- [x] 7.", "- [ ] Always 12.\n- [x] 7.", ""),
        ("Il y en a 12. <!-- source: Bengio et al. 2003, p. 2 -->", "Hello.", ""),
        (f"| 3 | 4 |\n|---|---|\n{CLAIM}", f"There are 12. {CLAIM}", TEST),
        ("Bonjour à vous.", "Hello to you.", ""),
    ],
)
def test_what_states_nothing_or_is_noted_passes(faults_of: object, french: str, english: str, tests: str) -> None:
    """Questions, tasks, options, greetings need no note; a source may hold dots, a table's note stands below it."""
    assert callable(faults_of)
    assert not faults_of(french, english, tests)
