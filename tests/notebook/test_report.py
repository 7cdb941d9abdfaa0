"""The report: one file with nothing to fetch, in which all that somebody wrote is text; Markdown, CSV, a notebook."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from components.language import catalog, write_number
from core.notebook.book import book, source
from core.notebook.compare import compared
from core.notebook.drawing import drawing
from core.notebook.experiment import Curve, Experiment, Figure, Prediction
from core.notebook.html import html
from core.notebook.markdown import markdown
from core.notebook.report import Report, Voice, why_no_verdict
from core.notebook.table import csv_of
from tests.notebook.rows import row
from tests.notebook.test_compare import two_groups
from tests.notebooks import program, run_notebooks, untranslated

PICTURE = "https://a.org/i.png"
EVIL = f"<script>alert(1)</script>\"'&`|*_[x](javascript:alert(1)) ![i]({PICTURE}) =1+1"
HOSTILE = replace(
    row(),
    id="e" * 16, stem="gone_page", part="lab", note=EVIL, labels={"x_batch": EVIL}, settings={"x_batch": EVIL},
    moved=("x_batch",), figures={"error": Figure(EVIL, 1.0, EVIL[:30])}, prediction=Prediction(EVIL, EVIL, True),
    curves={"loss": Curve(EVIL, (0.0, 1.0), (1.0, 2.0), EVIL, EVIL)}, seed="",
)  # fmt: skip


def report(rows: list[Experiment], lang: str = "fr") -> Report:
    """Return a report in a language."""

    def title(stem: str, part: str) -> str | None:
        return None if stem == "gone_page" else f"{stem} {part}".strip()

    number = partial(write_number, digits=4, language=lang)
    voice = Voice(lang, catalog(lang).gettext, number, lambda share: f"{100 * share:.2f} %", title)
    return Report(rows, voice, "2026-11-28T15:00:00", "https://course.org")


VOID = {"meta", "br"}


class Page(HTMLParser):
    """Reads a page: its tags, its links, its words, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name in {"href", "src"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_needs_nothing_and_runs_nothing(lang: str) -> None:
    """No script, no picture from elsewhere, no handler; links lead to the course or by http; what is open is closed."""
    found = Page(html(report([*two_groups(), HOSTILE], lang)))
    assert not {"script", "img", "iframe", "link", "object", "base"} & set(found.tags)
    assert not [name for name in found.attributes if name.startswith("on")]
    assert found.links
    assert {link.partition("?")[0] for link in found.links} == {"https://course.org/train_val_test", PICTURE}
    assert not found.open or found.open == ["html"]
    assert "".join(found.words).count("<script>alert(1)</script>") > 5, "what somebody wrote is there, as words"


def test_the_page_says_what_the_comparison_found() -> None:
    """Differences, figures with units as the language writes them, the verdict's own numbers, and each note."""
    rows = [replace(each, note="**Attendu** : rien." if at == 0 else "") for at, each in enumerate(two_groups())]
    words = " ".join("".join(Page(html(report(rows))).words).split())
    assert "Batch size 64 1024" in re.sub(r"(\d)\s(?=\d{3})", r"\1", words).replace("\u202f", "") or "1 024" in words
    assert "2,1 %" in words.replace("\u00a0", " ")
    assert "Très probablement réelle" in words
    assert "Attendu : rien." in words
    assert len(Page(html(report(rows))).tags) - len(Page(html(report(rows[:1]))).tags) > 20
    assert "Verdict" not in "".join(Page(html(report(rows[:1]))).words), "one experiment is compared with nothing"


def test_a_report_of_a_page_that_is_gone_says_so() -> None:
    """Its rows stand there with all they held, without a link that leads nowhere."""
    text = html(report([HOSTILE]))
    assert "gone_page (une page que ce cours n’a pas)" in text
    assert "https://course.org/gone_page" not in text
    assert "gone\\_page" in markdown(report([HOSTILE]))
    assert "https://course.org/gone" not in csv_of(report([HOSTILE]))


def test_markdown_shows_names_as_they_are_and_no_html() -> None:
    """A reader that lets everything through finds no tag but Markdown's own, no picture, no link but by http."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    more = "[a]: javascript:alert(1)\n[b][a] <javascript:alert(1)> [in](gpu?gpu_batch=4) **kept**\n> <b>x</b>"
    noted = replace(HOSTILE, note=f"{EVIL}\n\n{more}")
    found = Page(reader.render(markdown(report([*two_groups(), noted]))))
    plain = "h1 h2 p table thead tbody tr th td ul li strong em code a blockquote"
    assert not set(found.tags) - set(plain.split())
    assert {link.partition("?")[0] for link in found.links} == {"https://course.org/train_val_test", "gpu"}
    words = "".join(found.words)
    assert words.count("<script>alert(1)</script>") > 5
    assert "Error — Très probablement réelle" in "".join(Page(reader.render(markdown(report(two_groups())))).words)


def test_csv_is_read_back_and_computes_nothing() -> None:
    """A line each, figures exactly, and no cell that a spreadsheet would take for a formula."""
    evil = replace(row(2), note="=1+1", labels={}, settings={"x_seed": "2", "x_text": "@SUM(A1)"}, moved=())
    broken = replace(row(3), figures={"error": Figure("Error", math.nan, "%")})
    rows = list(csv.DictReader(io.StringIO(csv_of(report([row(1, error=0.1 + 0.2), evil, broken])))))
    assert [each["x_seed"] for each in rows] == ["1", "2", "3"]
    assert float(rows[0]["Error (%)"]) == 0.1 + 0.2
    assert rows[2]["Error (%)"] == "nan"
    assert (rows[1]["note"], rows[1]["x_text"]) == ("'=1+1", "'@SUM(A1)")
    assert rows[0]["link"].startswith("https://course.org/train_val_test?x_batch=64")


def test_a_drawing_is_sound_whatever_was_measured() -> None:
    """Well-formed, inside its frame, with a gap where nothing was measured; constant, empty and endless curves too."""
    cases = [
        Curve("a", (0, 1, 2, 3), (1, math.nan, 3, 4), "x", "y"),
        Curve("a", (5,), (7,)),
        Curve("a", (0, 1), (0, 0)),
        Curve("a", (0, 1), (1e-9, 1e9)),
        Curve("a", (0, 1), (math.nan, math.nan)),
        Curve("<&>", (-1e300, 1e300), (-1e300, 1e300), "<", ">"),
    ]
    for curve in cases:
        root = ElementTree.fromstring(drawing([(0, curve)], "<name>", str))
        drawn = "".join(each.get("d", "") for each in root.iter() if "line-0" in each.get("class", ""))
        places = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", drawn)
        assert len(places) == sum(math.isfinite(y) for y in curve.y)
        assert all(0 <= float(x) <= 680 and 0 <= float(y) <= 300 for x, y in places), curve
    gap = drawing([(0, cases[0])], "", str)
    assert gap.count("M") == 2


@pytest.mark.slow
def test_every_cell_of_the_notebook_runs(tmp_path: Path) -> None:
    """Downloaded in both languages, it finds the same groups and the same p as the report."""
    rows = [*two_groups(), replace(row(9, 64), figures={"error": Figure("Error", math.nan, "%")})]
    books = {lang: book(report(rows, lang)) for lang in ("fr", "en")}
    expected = compared(rows).verdicts[0].verdict.p
    for found in run_notebooks(tmp_path, books, "test.pvalue", "sorted(len(g) for g in groups.values())").values():
        assert found["test.pvalue"] == pytest.approx(expected)
        assert found["sorted(len(g) for g in groups.values())"] == [3, 4]
    hostile = run_notebooks(tmp_path, {"evil": book(report([HOSTILE, row()]))}, "experiments[0]['note']")
    assert hostile["evil"]["experiments[0]['note']"] == EVIL


def test_the_notebooks_words_are_in_the_pages_language() -> None:
    """Its program is the same in both, and every comment is translated."""
    asked: set[str] = set()

    def mark(message: str) -> str:
        asked.add(message)
        return f"¤{message}"

    def told(say: Any) -> str:
        return source(replace(report([row()]), voice=replace(report([]).voice, say=say)))

    assert not list(untranslated(told(mark)))
    assert program(told(catalog("fr").gettext)) == program(told(catalog("en").gettext))
    assert all(catalog("fr").gettext(message) != message for message in asked)


def test_what_is_missing_for_a_verdict_is_said() -> None:
    """In words where there is none; nothing where there is one."""
    assert why_no_verdict(report(two_groups())) == ""
    assert "deux graines" in why_no_verdict(report(two_groups()[:2]))
    assert json.loads(book(report([row()])))["nbformat"] == 4
