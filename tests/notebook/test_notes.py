"""Notes: a part of Markdown whose texts stay texts, read the same here and in the browser."""

from __future__ import annotations

import time
from html.parser import HTMLParser
from typing import Any

import pytest

from components.in_browser import COMPONENTS
from core.notebook.notes import blocks, html
from tests.node import ask

MODULE = COMPONENTS / "notebook" / "notes.js"
NOTES = [
    "",
    "one\ntwo\n\nthree",
    "# A\n## B\n### C\n#### D\n#E",
    "- a\n* b\n\n- c\n1. d\n2. e\ntext",
    "**a** *b* `c` **d *e",
    "```\ncode **x**\n\n<b>\n```\nafter",
    "``` open\nto the end",
    "[in](gpu?gpu_batch=4) [out](https://a.org/x?y=1#z)",
    "[no](javascript:alert(1)) [no](data:text/html,x) [no](//a.org) [no](JaVaScRiPt:x) [no](/etc) [no](vbscript:x)",
    "[a [b](https://x.y) c](https://z) ![image](https://a.org/i.png)",
    "<script>alert(1)</script> <img src=x onerror=y>",
    "a & b < c > d \" ' `<i>`",
    "*a\nb* **\n**",
    "\\*a\\* _b_ ~~c~~",
    "é « à » — 1 × 2",
    "- \n-\n* *\n1.\n#",
    "x  \n  y",
    "[https](HTTPS://A.ORG) [gpu](gpu) [http://a.b](http://a.b)",
    "**[x](https://y.z)**",
    "```\n```\n```",
]


def test_the_browser_reads_a_note_as_the_report_does() -> None:
    """Every note has the same pieces in both, in the same order."""
    ours = [[[each.kind, [[list(piece) for piece in line] for line in each.lines]] for each in blocks(note)]
            for note in NOTES]  # fmt: skip
    asked = "given.map((note) => blocks(note).map(({ kind, lines }) => [kind, lines.map((line) => line.map("
    theirs = ask(MODULE, f"{asked}({{ kind, text, href }}) => [kind, text, href]))]))", NOTES)
    for note, one, other in zip(NOTES, ours, theirs, strict=True):
        assert one == other, note


class Seen(HTMLParser):
    """Notes the tags and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert not [name for name, _ in attrs if name not in {"href", "rel"}]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("note", NOTES)
def test_markup_in_a_note_is_text(note: str) -> None:
    """No tag but Markdown's own comes out of a note, no link but http, https and the course's; no word is lost."""
    seen = Seen()
    seen.feed(html(note, lambda link: f"https://course/{link}"))
    assert seen.tags <= {"p", "br", "ul", "ol", "li", "pre", "code", "strong", "em", "a", "h4", "h5", "h6"}
    assert all(link.lower().startswith(("http://", "https://")) for link in seen.links)
    shown = "".join(seen.texts)
    for word in ("alert(1)", "onerror", "javascript:", "after", "three"):
        assert (word in shown) == (word in note)


def test_a_link_into_a_course_that_cannot_be_opened_is_text() -> None:
    """Where the page is gone, its words stay."""
    assert html("[in](gpu)", lambda _link: "") == "<p>in</p>"


def test_a_long_hostile_note_is_read_at_once() -> None:
    """Ten thousand signs that begin something and never end it take no longer than the same in words."""
    began = time.process_time()
    for sign in ("*", "`", "[", "**", "[a](", "#", "- "):
        assert blocks(sign * (10_000 // len(sign)))
    assert time.process_time() - began < 5
