"""The words of the course: what each means, and where a page first uses it.

`assets/lessons/<language>/glossary.md` has a section for each term. Its first line, `forms: nat, nats`, lists the words
that stand for it; the first paragraph after it is the definition that a page shows beside the word, the next one leads
to where the term can be seen. A form in small letters is found whatever its case, one with a capital only with it:
"Adam" is an optimizer, and the French "transformer" is a verb.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from core.lessons import LESSONS, Lesson, LessonError, load
from core.once import once

STEM = "glossary"
_FORMS = re.compile(r"forms: (?P<forms>.+)(?:\n|$)(?P<body>[\s\S]*)")

_SAME_BLOCK = r"(?!\n[ \t]*(?:\n|[-*+>|\#]|\d+[.)]|```|~~~|</?div))"
_INSIDE = r"^(?:[ >*+-]|\d+[.)])*"
_KEPT = "|".join(
    (
        # Code between fences; in a quote or a list, nobody knows where that ends.
        r"^ {0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[\s\S]*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)",
        r"^ {0,3}(?:[>*+-]|\d+[.)])[^\n]*?(?:```|~~~)[\s\S]*",
        # Lines of code; comments and HTML that begin a line; headings, and those with a line under them.
        r"^(?: {4}|\t)[^\n]*$",
        rf"{_INSIDE}<!--[\s\S]*?(?:-->[^\n]*|\Z)",
        rf"{_INSIDE}</?[A-Za-z][^\n]*(?:\n(?![ \t]*(?:\n|```|~~~))[^\n]+)*",
        rf"{_INSIDE}\#{{1,6}}[ \t][^\n]*$",
        r"^(?:(?![ \t]*(?:\n|```|~~~|</?div))[^\n]+\n)+? {0,3}(?:=+|-+)[ \t]*$",
        # In a line: code, comments, HTML, signs meant as such, formulas, blanks and ids.
        rf"(?P<tick>`+)(?!`)(?:{_SAME_BLOCK}[\s\S])+?(?<!`)(?P=tick)(?!`)",
        r"<!--[\s\S]*?(?:-->|\Z)",
        r"</?[A-Za-z][^<>]*>",
        r"\\[^\w\s]",
        r"\$\$[\s\S]*?\$\$",
        rf"\$(?:{_SAME_BLOCK}(?:[^$\\]|\\[\s\S]))+\$",
        r"\{\{.*?\}\}|\{\#.*?\}",
        # What stands in square brackets, three deep, and the address and title of a link or a picture.
        rf"\[(?:{_SAME_BLOCK}[^\[\]\\]|\\.|\[(?:{_SAME_BLOCK}[^\[\]\\]|\\.|\[[^\[\]\n]*\])*\])*\]"
        r"(?:\(\s*(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)"
        r"(?:\s+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)|\[[^\[\]]*\]|:[^\n]*)?",
        # Addresses, icons, letters by their name.
        r"(?:https?://|www\.)[^\s<]+|[\w.+-]+@[\w.-]+",
        r":[\w/+-]+:",
        r"&\#?\w+;",
    )
)
"""What no link may be put into, as long as it begins before a term does."""
_NO_WORD = r"\w.@!/\\‑-"
"""Signs that, right before a form, make it a part of something else: "mini-batch", `model.loss`, a picture."""
_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in '"&|$`\\<>'}


@dataclass(frozen=True)
class Term:
    """A term in one language.

    Attributes:
        id: the same in every language.
        name: above its definition.
        forms: the words that stand for it.
        body: its definition and where to see it, in Markdown.
    """

    id: str
    name: str
    forms: tuple[str, ...]
    body: str

    @property
    def definition(self) -> str:
        """The definition in plain text: the first paragraph, without marks."""
        first = re.split(r"\n\s*\n", self.body, maxsplit=1)[0]
        return re.sub(r"\*\*|[*`]", "", re.sub(r"[ \t\n]+", " ", first))  # spaces that do not break stay


@dataclass(frozen=True)
class Glossary:
    """The terms of one language, by id, in the order of the file."""

    terms: dict[str, Term]

    @cached_property
    def by_form(self) -> dict[str, Term]:
        """The term of each form, as `plain` writes it."""
        return {plain(form): term for term in self.terms.values() for form in term.forms}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the next form, the longest one first, or the next passage that is left as it is."""
        forms = sorted((form for term in self.terms.values() for form in term.forms), key=len, reverse=True)
        found = "|".join(_written(form) for form in forms) or r"(?!)"
        word = rf"(?<![{_NO_WORD}])(?P<form>{found})(?![\w‑-]|[.@/\\]\w)"
        return re.compile(f"(?:{_KEPT})|{word}", re.MULTILINE)


def terms(language: str) -> Glossary:
    """Return the terms of a language; an edited file is read again.

    Raises:
        LessonError: there is no such file, it cannot be read, or a term has no forms.
    """
    path = LESSONS / language / f"{STEM}.md"
    return _read(language, path.stat().st_mtime if path.exists() else 0.0)


def linked(markdown: str, glossary: Glossary, already: Set[str], rest: str = "") -> tuple[str, set[str]]:
    """Turn the first use of each term into a link to it, titled with its definition; nothing else changes.

    Code, formulas, headings, links, comments, HTML and blanks are left as they are.

    Args:
        markdown: what a page says.
        glossary: the terms of its language.
        already: ids of the terms that the page has explained; they get no link.
        rest: what follows in the address of each link, such as `&lang=fr`.

    Returns:
        The Markdown, and the ids of the terms explained now or before.
    """
    explained = set(already)

    def link(found: re.Match[str]) -> str:
        words = found["form"]
        if words is None or not _stands_alone(found):
            return found[0]
        term = glossary.by_form[plain(words)]
        if term.id in explained:
            return found[0]
        explained.add(term.id)
        return f'[{words}]({STEM}?term={term.id}{rest} "{term.definition.translate(_ENTITIES)}")'

    return glossary.pattern.sub(link, markdown), explained


def used(text: str, glossary: Glossary) -> list[tuple[str, Term]]:
    """Return the terms that a text uses, with the words that it uses first for each, in their order."""
    found: dict[str, tuple[str, Term]] = {}
    for match in glossary.pattern.finditer(text):
        if match["form"] is not None and _stands_alone(match):
            term = glossary.by_form[plain(match["form"])]
            found.setdefault(term.id, (match["form"], term))
    return list(found.values())


def plain(words: str) -> str:
    """Return words as they are compared: small letters, straight apostrophes, one kind of space."""
    return re.sub(r"\s", " ", words.casefold().replace("’", "'"))


def parse(lesson: Lesson) -> Glossary:
    """Read the terms in the sections of a lesson.

    Raises:
        LessonError: a term has no forms.
    """
    found: dict[str, Term] = {}
    for section in lesson.sections.values():
        parts = _FORMS.match(section.body)
        if parts is None:
            raise LessonError(f"{lesson.stem}: the section {{#{section.id}}} must begin with a line `forms: …`")
        forms = tuple(form.strip() for form in parts["forms"].split(","))
        found[section.id] = Term(section.id, section.heading, forms, parts["body"].strip())
    return Glossary(found)


@once(8)
def _read(language: str, changed: float) -> Glossary:
    return parse(load(STEM, language))


def _written(form: str) -> str:
    """Return the pattern of a form: any space or line's end between its words, either apostrophe, any case if small."""
    pattern = re.escape(form).replace(r"\ ", r"[ \u00a0\u202f\n]").replace("’", "['’]")
    return pattern if form != form.lower() else f"(?i:{pattern})"


def _stands_alone(found: re.Match[str]) -> bool:
    """Whether no letter touches a form through marks of emphasis, as in `**batch**es`."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    outside = (before.rstrip("*_~")[-1:], after.lstrip("*_~")[:1])
    marked = (before[-1:] in "*_~", after[:1] in "*_~")
    return not any(mark and (sign.isalnum() or sign == "-") for mark, sign in zip(marked, outside, strict=True))
