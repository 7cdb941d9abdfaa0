"""Links to the glossary change nothing of what a page says, and stand where a reader would look for them."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from core.glossary import Glossary, Term, linked, terms
from core.lessons import load
from tests.helpers import STEMS

LINK = re.compile(r'\[([^\[\]]*)\]\(glossary\?term=([\w-]+) "[^"]*"\)')
SMALL = Glossary(
    {
        "batch": Term(
            "batch", "Batch", ("batch", "batches", "mini-batch"), 'A *few* examples | say "128", at `$1`,\n1\u202f000.'
        ),
        "rate": Term("rate", "Rate", ("learning rate", "learning rates", "taux d’apprentissage"), "A number.\n\nMore."),
        "loss": Term("loss", "Loss", ("loss", "perte", "pertes"), "How **wrong**\nit is."),
        "entropy": Term("entropy", "Entropy", ("entropie",), "Surprise."),
        "cross": Term("cross", "Cross-entropy", ("entropie croisée",), "A loss."),
        "adam": Term("adam", "Adam", ("Adam",), "An optimizer."),
        "k": Term("k", "Top-k", ("top-k",), "The first."),
        "embedding": Term("embedding", "Embedding", ("embedding",), "Numbers."),
    }
)


def found(markdown: str, *already: str) -> list[str]:
    """Return the words that became links."""
    return [words for words, _term in LINK.findall(linked(markdown, SMALL, set(already))[0])]


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("La perte, puis la perte.", ["perte"]),
        ("Loss is what falls; pertes too.", ["Loss"]),
        ("L’embedding et l'entropie", ["embedding", "entropie"]),
        ("le TAUX D'APPRENTISSAGE", ["TAUX D'APPRENTISSAGE"]),
        ("two learning rates, a batch", ["learning rates", "batch"]),
        ("two learning\nrates", ["learning\nrates"]),
        ("two learning\n\nrates", []),
        ("a mini-batch", ["mini-batch"]),
        ("a micro-batch, batch-like, batchs, batch_size, debatch, model.loss, loss.item(), a/loss", []),
        ("l’entropie croisée, puis l’entropie", ["entropie croisée", "entropie"]),
        ("Adam adapts, adam does not", ["Adam"]),
        ("adam", []),
        ("**perte** and *batch*, ***Adam***", ["perte", "batch", "Adam"]),
        ("**batch**es, sur**batch**", []),
        ("Top-k: «\u00a0batch\u00a0» (loss)…", ["Top-k", "batch", "loss"]),
        ("| batch | `loss` |\n|---|---|\n| Adam | $loss$ |", ["batch", "Adam"]),
        ("- [x] batch\n- [ ] loss\n> Adam", ["batch", "loss", "Adam"]),
    ],
)
def test_the_first_use_of_each_term_becomes_a_link(markdown: str, words: list[str]) -> None:
    """Whole words only, with their elision, plural, case and emphasis; the longest form wins; once each."""
    assert found(markdown) == words


@pytest.mark.parametrize(
    "markdown",
    [
        "`batch` and ``a ` loss``",
        "```python\nbatch = loss\n```",
        "~~~\nbatch",
        "    batch = 3",
        "$batch$ and $$\nloss\n$$, $a \\$ batch$",
        "# The batch\n## Loss {#loss}\n### Adam",
        "The batch\nand the loss\n---",
        "[the batch](train) ![loss](loss.png) [Adam][1]\n\n[1]: http://batch/loss 'Adam'",
        '[x](glossary?term=batch "the loss of a batch") [y](<a batch> (loss))',
        "[a [batch] b](loss)",
        "https://batch.fr/loss, www.batch.fr/?q=loss, batch@loss.fr, <https://loss>",
        "<!-- the batch\n\nthe loss -->",
        "<div>\nthe batch\n</div>",
        'an <abbr title="batch loss">x</abbr>',
        "{{batch}} and {{loss}}",
        ":material/batch: :loss: :blue[the batch]",
    ],
)
def test_what_is_no_prose_stays_as_it_is(markdown: str) -> None:
    """Code, formulas, headings, links, addresses, HTML, comments, blanks and icons hold no link."""
    assert linked(markdown, SMALL, set()) == (markdown, set())


def test_what_was_explained_stays_plain() -> None:
    """A term explained before gets no link, nor does what is inside its words; the answer names old and new ones."""
    assert linked("learning rate, loss", SMALL, {"rate", "loss"}) == ("learning rate, loss", {"rate", "loss"})
    text, explained = linked("entropie croisée, loss", SMALL, {"cross"})
    assert text == 'entropie croisée, [loss](glossary?term=loss "How wrong it is.")'
    assert explained == {"cross", "loss"}


def test_linked_text_is_not_linked_again() -> None:
    """A second passage over the result changes nothing, though the definitions use terms themselves."""
    for language in ("fr", "en"):
        for stem in STEMS:
            for section in load(stem, language).sections.values():
                once, explained = linked(section.body, terms(language), set())
                for word in explained:
                    assert f"(glossary?term={word} " in once
                untouched = LINK.sub("", once)
                again, _ = linked(once, terms(language), explained)
                assert LINK.sub("", again) == untouched
                assert again == once


def test_the_address_says_what_the_page_adds() -> None:
    """What follows the term in the address is the caller's, and the title the first paragraph in plain text."""
    text, _ = linked("batch", SMALL, set(), rest="&lang=fr")
    link = next(token for token in MarkdownIt().parse(text)[1].children or [] if token.type == "link_open")
    assert link.attrs["href"] == "glossary?term=batch&lang=fr"
    assert link.attrs["title"] == 'A few examples | say "128", at $1, 1\u202f000.'


PIECES = [
    "batch", "Loss", "learning rate", "entropie croisée", "l’", "Adam", "mini-", "s", " ", "  ", "\n", "\n\n", "\n    ",
    "`", "\n```\n", "\n~~~\n", "**batch**", "*Loss*", "***Adam***", "**the loss**,", "~~loss~~", "_batch_", "[", "]",
    "(", ")", "[x](y)", "\n\n[x]: y\n\n", "# ", "## ", "\n---\n", "\n===\n", "|", "\n\n|loss|x|\n|---|---|\n", "> ",
    "- ", "1. ", "x <b>the loss</b>", "\n\n<div>\nloss\n</div>\n\n", "<!-- the loss -->", "\\$", "&amp;", "{{loss}}",
    "!", '"', "https://a.b/loss", "é", "-", ".", ":", "at <http://loss>",
]  # fmt: skip


def reading(markdown: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Return what a Markdown reader sees: tokens without the links to the glossary, and the addresses of those.

    Raises:
        AssertionError: a link stands in a heading, in another link, or in the words of a picture.
    """
    seen: list[tuple[str, str, str]] = []
    links: list[str] = []
    heading = False

    def note(kind: str, content: str, markup: str) -> None:
        markup = "" if kind == "text" else markup
        if kind == "text" and seen and seen[-1][0] == "text":
            content = seen.pop()[1] + content
        if kind != "text" or content:
            seen.append((kind, content, markup))

    def walk(tokens: list[Token]) -> None:
        nonlocal heading
        open_links: list[bool] = []
        for token in tokens:
            if token.type in {"heading_open", "heading_close"}:
                heading = token.type == "heading_open"
            if token.type == "link_open":
                ours = str(token.attrs["href"]).startswith("glossary?term=")
                assert not (ours and (heading or open_links))
                open_links.append(ours)
                if ours:
                    links.append(str(token.attrs["href"]))
                    continue
            if token.type == "link_close" and open_links.pop():
                continue
            note(token.type, "" if token.type == "inline" else token.content, token.markup)
            walk(token.children or [])

    walk(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown))
    return seen, links


ODD = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@given(ODD | st.text(max_size=60), st.sets(st.sampled_from(sorted(SMALL.terms))))
def test_without_its_links_the_text_is_the_input(markdown: str, already: set[str]) -> None:
    """However odd the text: taking the links away gives it back, sign by sign, and each new term has one."""
    text, explained = linked(markdown, SMALL, already)
    assert LINK.sub(r"\1", text) == markdown
    assert sorted(term for _words, term in LINK.findall(text)) == sorted(explained - already)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(ODD)
@example("**batch**")
@example("| batch |\n|---|\n| Loss |")
def test_a_reader_of_markdown_sees_the_same_page_and_the_links(markdown: str) -> None:
    """A reader of Markdown sees nothing new but the links, and each of them: never in headings, links or code.

    The same texts each time: marks that nothing closes can be read in more ways than one.
    """
    text, explained = linked(markdown, SMALL, set())
    seen, links = reading(text)
    assert seen == reading(markdown)[0]
    assert sorted(links) == sorted(f"glossary?term={term}" for term in explained)
