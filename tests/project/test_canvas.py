"""The canvas: what a student wrote comes back as it was, and whatever a file holds is text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from components.language import catalog
from core.project import plan
from core.project.canvas import (
    FIELDS,
    MOST_BYTES,
    MOST_LINES,
    MOST_LINKS,
    Canvas,
    CanvasError,
    Link,
    as_lines,
    from_file,
    links_in,
    merged,
    missing,
    tidy,
    to_file,
)
from core.project.canvas_markdown import address, headings, markdown, plain, step_names
from core.project.canvas_print import printable
from tests.project.canvases import MARKUP, ORDINARY, full, of_lines

FRENCH = catalog("fr").gettext


class Read(HTMLParser):
    """Reads a page: its text, its tags, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags, self.links = "", set[str](), list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attributes if name in {"href", "src"}]
        assert not [name for name, _value in attributes if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("canvas", [Canvas(), ORDINARY, full("é"), of_lines(), full("日")])
def test_a_file_gives_back_what_was_saved(canvas: Canvas) -> None:
    """Every text, every link and every hour, whatever the letters; and our largest file is far from the limit."""
    data = to_file(canvas)
    assert from_file(data) == canvas
    assert len(data) < MOST_BYTES / 4


@given(st.text(max_size=900), st.integers(1, 600))
def test_a_text_is_kept_within_its_bounds(text: str, most: int) -> None:
    """Of any text no more is kept than fits, no sign that controls, and tidying it again changes nothing."""
    kept = tidy(text, most)
    assert len(kept) <= most
    assert kept.count("\n") < MOST_LINES
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029]", kept)
    assert tidy(kept, most) == kept
    kept.encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b" " * (MOST_BYTES + 1), "too_large"),
        (to_file(ORDINARY) + b" " * 50_000_000, "too_large"),
        (to_file(ORDINARY)[:-40], "cut"),
        (b"\xff\xfe\x00", "not_text"),
        (b"PK\x03\x04" + b"\x80" * 40, "not_text"),
        (b"Bonjour", "foreign"),
        (b"[" * 90_000, "foreign"),
        (b"[]", "foreign"),
        (b'{"version": 1, "pages": {}}', "foreign"),
        (b'{"format": "curseurs: canvas", "version": 2}', "version"),
        (b'{"format": "curseurs: canvas", "version": true}', "version"),
        (b'{"format": "curseurs: canvas"}', "version"),
    ],
)
def test_a_file_that_is_no_canvas_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    """Empty, huge, cut, binary, of another program, of another version: each has its name."""
    with pytest.raises(CanvasError) as refused:
        from_file(data)
    assert refused.value.reason == reason


def test_nonsense_in_a_file_is_dropped_and_the_rest_stays() -> None:
    """Texts that are none, hours of a thousand, links without words or to elsewhere: the canvas opens without them."""
    told = ORDINARY.to_json() | {
        "data": 7,
        "risks": ["x"],
        "measure": "x" * 10_000,
        "hours": {"question": True, "data": 1_000, "baseline": -1, "network": 2.5, "experiments": 9, "other": 3},
        "experiments": [None, "x", {"title": ""}, {"title": 7}, {"title": "js", "address": "javascript:alert(1)"},
                        {"title": "data", "address": "data:text/html,x"}, {"title": "ok", "address": "gpu?x=1"},
                        *[{"title": "more", "address": []}] * 20],
    }  # fmt: skip
    found = from_file(json.dumps(told).encode())
    assert (found.name, found.question, found.data, found.risks) == (ORDINARY.name, ORDINARY.question, "", "")
    assert len(found.measure) == FIELDS["measure"]
    assert found.hours == plan.STEPS | {"experiments": 9}
    assert len(found.experiments) == MOST_LINKS
    assert found.experiments[:3] == (Link("js"), Link("data"), Link("ok", "gpu?x=1"))


def test_lines_become_experiments_and_back() -> None:
    """Words, then an address of the course or of the web; without one, the line is all words."""
    taken = "Taux 0,01 → train_val_test?tvt_rate=0.01\n\n  Gelé https://exemple.fr/a?b=1 \n"
    found = links_in(f"{taken}Et/ou gelé ?\nJS javascript:alert(1)")
    assert found == (
        Link("Taux 0,01", "train_val_test?tvt_rate=0.01"),
        Link("Gelé", "https://exemple.fr/a?b=1"),
        Link("Et/ou gelé ?"),
        Link("JS javascript:alert(1)"),
    )
    assert links_in(as_lines(found)) == found
    assert links_in(as_lines(ORDINARY.experiments)) == ORDINARY.experiments


def test_an_experiment_of_the_notebook_is_added_once() -> None:
    """The same link again takes the place of the old one; of too many the last stay."""
    more = ORDINARY.with_experiments([Link("Autrement dit", ORDINARY.experiments[0].address), Link("Neuf", "gpu?a=1")])
    assert [link.title for link in more.experiments] == ["Autrement dit", "Le même, gelé", "Sans lien", "Neuf"]
    many = ORDINARY.with_experiments(Link(str(n), f"gpu?n={n}") for n in range(30))
    assert [link.title for link in many.experiments] == [str(n) for n in range(30 - MOST_LINKS, 30)]


def test_what_two_sessions_wrote_is_put_together() -> None:
    """The later one counts where it says something; its experiments come after those that were there."""
    later = Canvas(name="Neuf", experiments=(Link("Encore", "gpu?a=1"),))
    both = merged(ORDINARY, later)
    assert (both.name, both.question, both.hours) == ("Neuf", ORDINARY.question, ORDINARY.hours)
    assert both.experiments == (*ORDINARY.experiments, Link("Encore", "gpu?a=1"))
    assert merged(Canvas(), ORDINARY) == ORDINARY


def test_what_is_missing_is_named() -> None:
    """An empty canvas lacks every text; a plan of 41 hours, a question without its mark, a measure without a number."""
    assert missing(Canvas()) == list(FIELDS)
    assert missing(ORDINARY) == []
    odd = ORDINARY.with_text("question", "Faire une IA.").with_text("measure", "La perte doit baisser.")
    assert missing(odd) == ["question_mark", "measure_number"]
    for total, wrong in ((19, ["hours_few"]), (20, []), (40, []), (41, ["hours_many"])):
        hours = {"experiments": 12, "data": total - 12} | dict.fromkeys(plan.STEPS.keys() - {"experiments", "data"}, 0)
        assert missing(replace(ORDINARY, hours=hours)) == wrong, total


def test_the_shares_of_a_plan_fill_its_bar() -> None:
    """They add up to the whole; a step without hours has no part in it, and a plan without any no bar."""
    shares = plan.shares({**ORDINARY.hours, "test": 0})
    assert sum(shares.values()) == pytest.approx(1)
    assert "test" not in shares
    assert plan.shares(dict.fromkeys(plan.STEPS, 0)) == {}


@pytest.mark.parametrize("canvas", [ORDINARY, MARKUP, full("_"), full("<"), full("&")])
def test_as_markdown_every_text_is_text(canvas: Canvas) -> None:
    """A reader of Markdown shows each text as it was written: no heading, list, picture, link or tag comes of it."""
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(
        markdown(canvas, "http://cours", FRENCH)
    )  # fmt: skip
    read = Read(html)
    assert read.tags <= {"h1", "h2", "p", "br", "ul", "li", "a", "table", "thead", "tbody", "tr", "th", "td", "strong"}
    assert html.count("<h1>") == 1
    assert html.count("<h2>") == len(headings(FRENCH))
    shown = " ".join(read.text.split())
    for name in FIELDS:
        for line in getattr(canvas, name).split("\n"):
            assert " ".join(line.split()) in shown
    assert all(link.startswith(("http://cours/", "https://")) for link in read.links)


@given(st.text(alphabet="ab 1.-+=#>*_`[]()!<&$|~\\\n", max_size=60))
def test_any_text_is_text_in_markdown(text: str) -> None:
    """Whatever signs stand beside each other, what is read is what was written."""
    kept = tidy(text, 60)
    read = Read(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(plain(kept)))
    assert read.tags <= {"p", "br"}
    assert read.text.split() == kept.split()


@pytest.mark.parametrize("canvas", [ORDINARY, MARKUP, full("<"), full("&")])
def test_as_a_page_every_text_is_text(canvas: Canvas) -> None:
    """The page shows each text as it was written, holds no tag but its own, and forbids scripts to whoever opens it."""
    page = printable(canvas, "fr", "http://cours", FRENCH)
    read = Read(page)
    for name in FIELDS:
        assert getattr(canvas, name) in read.text
    assert read.tags.isdisjoint({"script", "img", "svg", "iframe", "object", "form"})
    assert page.count("<style>") == 1
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert all(link.startswith(("http://cours/", "https://")) for link in read.links)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_both_exports_speak_the_pages_language(language: str) -> None:
    """Headings and steps are those of the language, in both; the links of the course lead back to it."""
    say = catalog(language).gettext
    page, text = printable(ORDINARY, language, "http://cours", say), markdown(ORDINARY, "http://cours", say)
    for words in (*headings(say).values(), *step_names(say).values()):
        assert words in Read(page).text
        assert words in text
    assert f'<html lang="{language}">' in page
    wanted = "http://cours/train_val_test?tvt_rate=0.01&tvt_seed=3"
    assert wanted in Read(page).links
    assert f"](<{wanted}>)" in text
    assert address(ORDINARY.experiments[0], "") == ""
