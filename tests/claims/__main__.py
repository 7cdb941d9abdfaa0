"""Every sentence of a lesson that states a fact is under test, or names its source: `python -m tests.claims`.

In a lesson, the note after a sentence says which: `<!-- claim: vowels-apart -->` is computed by the test
`test_vowels_apart` in `tests/<stem>/test_claims.py`, or in a `test_claims_<chapter>.py` beside it; `<!-- source: Bengio
et al. 2003, … -->` names who found it; `<!-- definition -->` says what a word means here; `<!-- image -->` is a
likeness, which states nothing. Neither do questions, their options, tasks ("Choisissez…") and missions. Whether a
sentence states a fact is guessed by its words: a number, a comparison, "never", "most", "because".
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from core.course import concepts
from core.files import ROOT
from core.lessons import LESSONS

LANGUAGES = ("fr", "en")
HEADING = re.compile(r"^## .+?\{#([\w-]+)\}\s*$", re.MULTILINE)
NOTE = re.compile(r"\s*<!--\s*(claim|source|definition|image)\b:?\s*(.*?)\s*-->", re.DOTALL)
FORMS = re.compile(r"^forms: .*$", re.MULTILINE)
"""In the glossary: the words that stand for a term."""
OPTION = re.compile(r"^- \[[ x]\] .+?(?: :: |$)", re.MULTILINE)
SPACES, KEPT = r"\s+", "\0"
OPEN, CLOSE = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}", "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"
BEGINS = r"[^\W\d_a-zà-ÿ]|[«“*`$]"
END = re.compile(rf"(?<=[.!?…])\s+(?={BEGINS}|\d)|(?<=[»”])\s+(?={BEGINS})|(?<={CLOSE})\s+")
"""Between two sentences; after a note always, whatever the next one begins with."""
FACT = {
    "fr": re.compile(
        r"\d|\b(deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|cent|mille|millions?|milliards?|plus|moins|mieux|"
        r"pire|meilleure?s?|jamais|toujours|souvent|parfois|aucune?|rien|tou(?:s|te|tes)|chaque|presque|seule?s?|"
        r"seulement|la plupart|autant|égale?s?|égaux|même|parce que|car|donc|grâce|sinon)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|twenty|hundred|thousand|millions?|billions?|more|less|"
        r"fewer|better|best|worse|worst|never|always|often|sometimes|no|none|nothing|all|every|each|almost|only|most|"
        r"as \w+ as|equal|same|because|therefore|so|otherwise)\b",
        re.IGNORECASE,
    ),
}
TASK = {
    "fr": re.compile(r"^\W*(?:Ne |N’|Puis |Maintenant,? |D’abord,? |Ensuite,? )?[\w’-]+ez\b", re.IGNORECASE),
    "en": re.compile(
        r"^\W*(?:Now,? |Then,? |First,? |Do not |Don’t )?(?:add|adjust|ask|bring|change|check|choose|click|compare|"
        r"compute|copy|count|cut|do|drag|draw|explain|find|follow|get|give|go|guess|hover|keep|let|look|make|measure|move|open|"
        r"paste|pick|place|play|predict|press|put|reach|read|remember|repair|replace|run|see|set|show|slide|stop|take|"
        r"tap|train|try|turn|type|use|wait|walk|watch|write)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True)
class Sentence:
    """One sentence of a lesson, and what its note says of it.

    Attributes:
        place: lesson and section, for a person.
        text: without its notes.
        notes: (kind, text) of each.
    """

    place: str
    text: str
    notes: tuple[tuple[str, str], ...]


def sentences(stem: str, language: str) -> Iterator[Sentence]:
    """Return the sentences of a lesson that may state facts; headings, missions, questions and their options do not.

    A table is one sentence.
    """
    text = (LESSONS / language / f"{stem}.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]
    headings = list(HEADING.finditer(text))
    ends = [*(match.start() for match in headings[1:]), len(text)]
    for match, end in zip(headings, ends, strict=True):
        body = FORMS.sub("", text[match.end() : end])
        if first := OPTION.search(body):
            body = body[first.start() :]
        for block in _blocks(body):
            for part in END.split(block):
                notes = tuple((kind, said) for kind, said in re.findall(rf"{OPEN}(\w+) ?(.*?){CLOSE}", part))
                if match[1].startswith("mission-") and not notes:
                    continue
                words = re.sub(rf"{OPEN}.*?{CLOSE}", "", part).strip()
                if words or notes:
                    yield Sentence(f"{language}/{stem}.md {{#{match[1]}}}", words, notes)


def _blocks(body: str) -> Iterator[str]:
    """Return paragraphs, list items, replies and tables, each with its notes in brackets of their own."""
    # A note is never cut in two, whatever dots its source has: "et al. 2003".
    marked = NOTE.sub(lambda note: f"{OPEN}{note[1]} {re.sub(SPACES, KEPT, note[2])}{CLOSE}", body)
    marked = OPTION.sub("- ", marked)
    marked = re.sub(r"```.*?```", "", marked, flags=re.DOTALL)
    for paragraph in re.split(r"\n\s*\n", marked):
        if paragraph.lstrip().startswith("|"):
            yield paragraph.strip()
            continue
        for line in re.split(r"\n(?=- |> |\d+\. )", paragraph):
            yield re.sub(r"^(?:- |> ?|\d+\. )|\n>? ?", " ", line).strip()


def states_a_fact(sentence: Sentence, language: str) -> bool:
    """Whether a sentence states something that could be false, by its words."""
    text = sentence.text
    if text.rstrip("*_ ").endswith("?") or TASK[language].match(text):
        return False
    return bool(FACT[language].search(re.sub(r"\{\{\w+\}\}", "0", text)))


def room_of(stem: str) -> str:
    """Return the room in `tests/` that computes a lesson's claims: pages beside the concepts are the course's own."""
    return "course" if stem in {"home", "class"} else stem


def tests_of(room: str) -> set[str]:
    """Return the claims that the tests of a room compute."""
    files = sorted((ROOT / "tests" / room).glob("test_claims*.py"))
    found = [node for path in files for node in ast.parse(path.read_text(encoding="utf-8")).body]
    names = [node.name for node in found if isinstance(node, ast.FunctionDef)]
    return {name.removeprefix("test_").replace("_", "-") for name in names if name.startswith("test_")}


def claims_of(stem: str, language: str) -> set[str]:
    """Return the claims that a lesson makes."""
    return {said for sentence in sentences(stem, language) for kind, said in sentence.notes if kind == "claim"}


def faults(stem: str) -> list[str]:
    """Return what is wrong with the sentences of a page, in words."""
    found: list[str] = []
    for language in LANGUAGES:
        for sentence in sentences(stem, language):
            if states_a_fact(sentence, language) and not sentence.notes:
                found.append(f"{sentence.place}: neither claim nor source: {sentence.text}")
            found += [
                f"{sentence.place}: a source without a name"
                for kind, said in sentence.notes
                if (kind, said) == ("source", "")
            ]
    fr, en = (claims_of(stem, language) for language in LANGUAGES)
    computed = tests_of(room_of(stem))
    neighbours = {other for other in stems() if other != stem and room_of(other) == room_of(stem)}
    theirs = {name for other in neighbours for language in LANGUAGES for name in claims_of(other, language)}
    found += [f"{stem}: claim in one language only: {name}" for name in sorted(fr ^ en)]
    found += [f"{stem}: claim without a test: {name}" for name in sorted((fr | en) - computed)]
    found += [f"{room_of(stem)}: test without a claim: {name}" for name in sorted(computed - fr - en - theirs)]
    return found


def stems() -> list[str]:
    """Return the lessons whose sentences are checked."""
    return ["home", *(concept.stem for concept in concepts()), "glossary", "class"]


def counted() -> dict[str, int]:
    """Return how many sentences stand under test, have a source, define a word, or state a fact with neither."""
    kinds = dict.fromkeys(("claim", "source", "definition", "image", "without"), 0)
    for stem in stems():
        for language in LANGUAGES:
            for sentence in sentences(stem, language):
                for kind in {kind for kind, _said in sentence.notes}:
                    kinds[kind] += 1
                kinds["without"] += states_a_fact(sentence, language) and not sentence.notes
    return kinds


def main(asked: list[str]) -> int:
    """Print the faults of all lessons, or of those asked for; return how the process ends."""
    found = [fault for stem in asked or stems() for fault in faults(stem)]
    print("\n".join(dict.fromkeys(found)))
    kinds = counted()
    print(
        f"{kinds['claim']} sentences under test, {kinds['source']} with a source, "
        f"{kinds['definition']} definitions, {kinds['image']} images, {kinds['without']} facts without"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
