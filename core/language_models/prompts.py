"""A prompt that shows examples and leaves the last label open. No torch here.

    Put each word into a category.          ← the instruction, if there is one

    Word: wolf
    Category: animal

    Word: otter
    Category:                               ← what the model continues

It is cut into pieces so that each ends with a letter or a sign and the next begins with a line end or a space: there
every tokenizer of GPT-2's kind cuts too, so the tokens of the pieces, one after the other, are those of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

GAP = "\n\n"
CONTENT_FREE = ("N/A", "", "[MASK]")
"""What is asked about to learn which labels a prompt prefers, whatever the word (Zhao et al. 2021)."""

Example = tuple[str, str]
"""A word and its label."""


@dataclass(frozen=True)
class Prompt:
    """What a model reads before it says a label.

    Attributes:
        examples: words with their labels, the oldest first.
        instruction: a sentence before them.
        fields: what stands before a word, and before a label.
    """

    examples: tuple[Example, ...] = ()
    instruction: str = ""
    fields: tuple[str, str] = ("Word", "Category")

    def query(self, word: str) -> str:
        """Return the open end: a word whose label is missing."""
        return f"{self.fields[0]}: {word}\n{self.fields[1]}:"

    def pieces(self, word: str) -> list[str]:
        """Return the whole prompt for a word: the instruction, each example, the open end."""
        blocks = [self.instruction] if self.instruction else []
        blocks += [f"{self.query(shown)} {label}" for shown, label in self.examples]
        blocks.append(self.query(word))
        return [blocks[0], *(GAP + block for block in blocks[1:])]

    def text(self, word: str) -> str:
        """Return the whole prompt for a word, as one text."""
        return "".join(self.pieces(word))
