"""One question asked twice of the same model: as it stands, and after passages that were found in a document.

The ready questions were chosen by measurement with the embedded model at temperature 0: some are right with the
document and wrong without, and some fail in spite of it, because the passage is not found, is not read well, or is in
French, which SmolLM2 was not trained on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.chat.beside import Beside
from core.chat.conversation import Conversation
from core.chat.cutting import MOST_PASSAGES, Passage, cut
from core.chat.documents import Document, from_text
from core.chat.quoting import quoted
from core.chat.requests import How
from core.chat.search import Found, Index, french
from core.chat.terms import bare
from core.files import ASSETS, RECORDED
from core.once import once

DOCUMENTS = ASSETS / "documents"
FILE = RECORDED / "chat" / "with_documents.json"
"""Written by `python -m components.chat.record_documents`."""
SIZE, OVERLAP, MOST = 300, 0, 2
"""Short passages and few of them: a small model loses its way in more."""
HOW = How(0.0, 1.0, 60, 1)
"""How the ready questions were answered."""
WAYS = ("both", "words", "meaning")


@dataclass(frozen=True)
class Ready:
    """A question to begin with.

    Attributes:
        document: which of the ready documents, by its language.
        question: as it is asked.
        word: what a right answer holds.
    """

    document: str
    question: str
    word: str


READY = {
    "meal": Ready("en", "How much does a meal cost in the canteen of Larkmoor School?", "3.80"),
    "fair": Ready("en", "When does the school fair of Larkmoor School take place?", "19 June"),
    "library": Ready("en", "When is the library of Larkmoor School open?", "Tuesday"),
    "head": Ready("en", "Who is the head teacher of Larkmoor School?", "Castellan"),
    "lessons": Ready("en", "When do lessons begin at Larkmoor School?", "8:20"),
    "mascotte": Ready("fr", "What is the name of the mascot of the école des Tilleuls?", "Pistache"),
    "repas": Ready("fr", "Combien coûte un repas à la cantine de l’école des Tilleuls ?", "3,80"),
}


@once(2)
def ready_document(language: str) -> Document:
    """Return the ready document of a language: the rules and the timetable of a school that does not exist."""
    text = (DOCUMENTS / f"{language}.md").read_text(encoding="utf-8")
    return from_text(text.split("\n", 1)[0].lstrip("# "), text)


@once(2)
def ready_index(language: str) -> Index:
    """Return the ready document's passages, to be searched."""
    return index_of(ready_document(language))


def index_of(*documents: Document) -> Index:
    """Return the passages of documents, at most `MOST_PASSAGES`, to be searched together."""
    passages = [passage for document in documents for passage in cut(document, SIZE, OVERLAP)]
    return Index(passages[:MOST_PASSAGES], french())


def found_by(index: Index, question: str, way: str, most: int = MOST) -> list[Found]:
    """Return the passages that fit a question best.

    Args:
        index: the passages.
        question: what is looked for.
        way: "words", "meaning" or "both".
        most: how many.
    """
    if way == "both":
        return index.search(question, most)
    ranked = [
        (rank, one)
        for one in index.search(question, len(index.passages))
        if (rank := one.words_rank if way == "words" else one.meaning_rank) is not None
    ]
    return [one for _rank, one in sorted(ranked, key=lambda pair: pair[0])[:most]]


def with_passages(passages: Sequence[Passage], question: str, _: Callable[..., str]) -> str:
    """Return what is sent: the passages in their marks, then the question; the question alone without any."""
    added = quoted(passages, _)
    return f"{added}\n\n{question}" if added else question


def holds(answer: str, word: str) -> bool:
    """Whether an answer holds a word, whatever its case, accents and spaces; an empty word is in none."""
    looked_for = _plain(word)
    return bool(looked_for) and looked_for in _plain(answer)


def _plain(text: str) -> str:
    return " ".join(bare(text.lower()).split())


@dataclass
class Comparison(Beside):
    """A question asked twice, here and now.

    Attributes:
        question: the student's.
        word: what a right answer holds, said before asking; may be empty.
        sent: the question after the passages.
        is_own: the question or the document is none of the ready ones.
        without, with_document: the two conversations of one turn each.
    """

    question: str
    word: str
    sent: str
    is_own: bool
    without: Conversation
    with_document: Conversation

    @property
    def talks(self) -> tuple[Conversation, Conversation]:
        """Without, then with the document."""
        return self.without, self.with_document


@once()
def recorded() -> dict[str, Any]:
    """Return for each ready question what was added, and the two answers with the tokens that the model received."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
