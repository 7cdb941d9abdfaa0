"""What the missions of the page on talking with a model ask for."""

from __future__ import annotations

from core.chat.answering import State
from core.chat.compared import Comparison, holds


def right_with_document(comparison: Comparison) -> bool:
    """Whether a question was answered right with a document and wrong without, both answers written to their end.

    The question or the document is the student's own, and so is the word that makes an answer right: it was said before
    asking, stands in the passages and not in the question, which a model may just repeat.
    """
    ends = [talk.turns[-1].snapshot()[0] for talk in (comparison.without, comparison.with_document)]
    passages = comparison.sent.removesuffix(comparison.question)
    without, with_document = comparison.answers
    return (
        comparison.is_own
        and ends == [State.FINISHED, State.FINISHED]
        and holds(passages, comparison.word)
        and not holds(comparison.question, comparison.word)
        and holds(with_document, comparison.word)
        and not holds(without, comparison.word)
        and bool(without.strip())
    )
