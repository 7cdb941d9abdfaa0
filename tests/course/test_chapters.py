"""The course in its order: chapters in the navigation, on the home page and from page to page; only what exists."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.material_icon_names import ALL_MATERIAL_ICONS
from streamlit.testing.v1 import AppTest

from core import course
from core.course import CHAPTERS, Chapter, Concept, chapters, concepts
from core.files import ROOT
from core.lessons import LESSONS, load
from tests.helpers import open_page

ORDER = {
    "networks": [
        "keras_pytorch",
        "forward_pass",
        "train_val_test",
        "batch_learning_rate",
        "transfer_learning",
        "gpu",
        "embeddings",
    ],
    "language": ["ways_to_train", "tokens", "text_generation", "model_size"],
    "modern": ["arena", "three_phases", "chat"],
    "project": ["dqn", "project"],
}
LONGEST_SHORT_TITLE = 30
"""Characters that the navigation shows whole."""
LONGEST_SENTENCE = 250
"""Characters of a preset's sentence that stand on the two lines kept for it on a laptop: nothing below it moves."""


def test_the_course_is_taught_in_this_order() -> None:
    """Four chapters, sixteen pages, each with an icon of its own that Streamlit knows; others may stand between."""
    planned = {stem for stems in ORDER.values() for stem in stems}
    kept = {chapter.id: [each for each in chapter.concepts if each.stem in planned] for chapter in CHAPTERS}
    assert {name: [concept.stem for concept in there] for name, there in kept.items()} == ORDER
    icons = [concept.icon for there in kept.values() for concept in there]
    assert len(set(icons)) == 16
    assert {icon.removeprefix(":material/").removesuffix(":") for icon in icons} <= set(ALL_MATERIAL_ICONS)


def test_only_what_exists_is_shown() -> None:
    """Every script is a page of the course, but home, the glossary and the class's; an empty chapter is left out."""
    scripts = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"__init__", "home", "glossary", "classroom"}
    assert {concept.stem for concept in concepts()} == scripts
    assert all(chapters().values())


def test_a_page_needs_its_script_and_a_lesson_in_every_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script with a French lesson alone is not shown, nor is a lesson without a script; nor is their chapter."""
    whole, half, unwritten = (Concept(f"scratch_{name}", "x") for name in ("whole", "half", "unwritten"))
    monkeypatch.setattr(course, "PAGES", tmp_path)
    monkeypatch.setattr(course, "LESSONS", tmp_path / "lessons")
    monkeypatch.setattr(course, "CHAPTERS", (Chapter("empty", (half,)), Chapter("new", (unwritten, whole))))
    for stem, languages in ((whole.stem, ("fr", "en")), (half.stem, ("fr",)), (unwritten.stem, ("fr", "en"))):
        for language in languages:
            lesson = tmp_path / "lessons" / language / f"{stem}.md"
            lesson.parent.mkdir(parents=True, exist_ok=True)
            lesson.write_text("")
    for concept in (whole, half):
        concept.page.write_text("")
    assert [(chapter.id, there) for chapter, there in course.chapters().items()] == [("new", [whole])]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_home_shows_the_chapters_and_their_pages_in_order(language: str) -> None:
    """Headings and cards follow the course; every planned chapter has a title already."""
    app = open_page("home", lang=language)
    home = load("home", language)
    titles = {chapter.id: home.section(f"chapter-{chapter.id}").heading for chapter in CHAPTERS}
    *headings, _progress = [heading.value for heading in app.subheader]
    assert headings == [titles[chapter.id] for chapter in chapters()]
    opened = [button.key for button in app.button if (button.key or "").startswith("open-")]
    assert opened == [f"open-{concept.stem}" for concept in concepts()]


def neighbours(app: AppTest) -> dict[str, str]:
    return {button.key or "": button.label for button in app.button if (button.key or "").endswith("-page")}


def test_next_and_previous_follow_the_course() -> None:
    """From home, "next" walks through every page in the order of the chapters, under its whole title."""
    titles = ["Accueil", *(load(concept.stem, "fr").title for concept in concepts())]
    for place, stem in enumerate(["home", *(concept.stem for concept in concepts())]):
        found = neighbours(open_page(stem, lang="fr", opened="1"))
        assert found.get("previous-page") == (titles[place - 1] if place else None)
        assert found.get("next-page") == (titles[place + 1] if place + 1 < len(titles) else None)


@pytest.mark.parametrize("lesson", sorted(LESSONS.glob("*/*.md")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_short_titles_and_presets_sentences_fit_their_line(lesson: Path) -> None:
    """The navigation cuts nothing, and a preset's sentence that leaves moves nothing."""
    found = load(lesson.stem, lesson.parent.name)
    assert 0 < len(found.short) <= LONGEST_SHORT_TITLE
    for section in [*found.named("preset-"), *found.named("prompt-")]:
        assert len(section.body) <= LONGEST_SENTENCE, section.id
