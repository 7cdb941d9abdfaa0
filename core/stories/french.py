"""The little French that stories need: articles, possessives, elision, contraction, agreement.

Grevisse and Goosse, "Le bon usage": elision § 44, contraction § 590, `mon` before a feminine vowel § 617.
"""

from __future__ import annotations

from dataclasses import dataclass

NO_BREAK = "\N{NO-BREAK SPACE}"
VOWELS = "aàâeéèêiîoôuyhAÀÂEÉÈÊIÎOÔUYH"
ASPIRATED = {"hibou", "hérisson", "héros"}
"""Words whose h forbids elision: le hibou, but l'hirondelle."""


def elides(word: str) -> bool:
    """Say whether le, de, que … lose their vowel before this word."""
    return word[0] in VOWELS and word.split(" ")[0] not in ASPIRATED


def de(word: str) -> str:
    """Return "de Félix" or "d'Alice"."""
    return f"d'{word}" if elides(word) else f"de {word}"


def capital(text: str) -> str:
    """Return the text with its first letter in upper case, the others untouched."""
    return text[0].upper() + text[1:]


def typeset(text: str) -> str:
    """Put no-break spaces where French wants them, and the apostrophe of the keyboard: what a prompt needs too."""
    text = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("\N{NARROW NO-BREAK SPACE}", NO_BREAK)
    for sign in "!?:;»":
        text = text.replace(f" {sign}", f"{NO_BREAK}{sign}")
    return text.replace("« ", f"«{NO_BREAK}")


@dataclass(frozen=True)
class Adjective:
    """An adjective: masculine, feminine, and the masculine used before a vowel (un vieil âne)."""

    masculine: str
    feminine: str
    liaison: str = ""

    def agree(self, feminine: bool, before: str = "") -> str:
        """Return the form for a gender, before a given word if it stands in front of the noun."""
        if feminine:
            return self.feminine
        return self.liaison if self.liaison and before and elides(before) else self.masculine


@dataclass(frozen=True)
class Noun:
    """A singular noun and its gender, with the small words that stand before it."""

    word: str
    feminine: bool

    @property
    def e(self) -> str:
        """The mark of a feminine participle: trouvé, trouvée."""
        return "e" if self.feminine else ""

    @property
    def it(self) -> str:
        """The subject pronoun."""
        return "elle" if self.feminine else "il"

    def a(self, adjective: Adjective | None = None) -> str:
        """Return "un renard", "une petite souris"."""
        article = "une" if self.feminine else "un"
        if adjective is None:
            return f"{article} {self.word}"
        return f"{article} {adjective.agree(self.feminine, self.word)} {self.word}"

    def the(self) -> str:
        """Return "le renard", "la souris", "l'ours"."""
        if elides(self.word):
            return f"l'{self.word}"
        return f"la {self.word}" if self.feminine else f"le {self.word}"

    def of_the(self) -> str:
        """Return "du renard", "de la souris", "de l'ours"."""
        return f"du {self.word}" if not self.feminine and not elides(self.word) else f"de {self.the()}"

    def to_the(self) -> str:
        """Return "au renard", "à la souris", "à l'ours"."""
        return f"au {self.word}" if not self.feminine and not elides(self.word) else f"à {self.the()}"

    def own(self, owner: str) -> str:
        """Return "son manteau", "sa clé", "son échelle" …; the owner is "m" (mine), "t" (yours) or "s" (his, hers)."""
        return f"{owner}{'a' if self.feminine and not elides(self.word) else 'on'} {self.word}"
