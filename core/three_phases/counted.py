"""One pair of instruction and answer as tokens, and which of them the loss counts. No torch."""

from __future__ import annotations

from core.language_models.graphemes import group
from core.once import once
from core.stories.instructions import Instruction
from core.tasks.mini_gpt2 import published

EXAMPLE = (
    Instruction(hero="renard", thing="clé", plot="lost"),
    "Il était une fois un petit renard qui s'appelait Félix. Félix avait une clé dorée.",
)
"""An instruction, and an answer cut short."""
MARK = "■"
"""How the token is drawn that stands between texts: before a story, and after it."""


@once()
def counted() -> list[tuple[str, bool]]:
    """Return the pair's tokens as words, and whether each counts: those of the answer do, its end too."""
    asked, answer = EXAMPLE
    given, told = _words(asked.text + "\n", counts=False), _words(answer, counts=True)
    return [*given, (MARK, False), *told, (MARK, True)]


def _words(text: str, *, counts: bool) -> list[tuple[str, bool]]:
    from core.language_models.catalogue import vocabulary_of

    tokenizer = published.tokenizer()
    words = vocabulary_of(tokenizer, tokenizer.get_vocab_size())
    return [(each.shown, counts) for each in group([words[token] for token in tokenizer.encode(text).ids])]
