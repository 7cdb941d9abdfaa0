"""What SmolLM2 is tried on before the page says anything of it: questions with what a right answer holds.

The conversation of a trial is short and its check a plain one, on the text: who reads the answers sees what it misses.
"""

from __future__ import annotations

from dataclasses import dataclass

TODAY = "2026-11-28"
"""The date that the calendar of the tools' trials tells, a Saturday."""


@dataclass(frozen=True)
class Asked:
    """A question, and what one of a right answer's words is; empty where nothing can be right."""

    question: str
    right: tuple[str, ...] = ()


@dataclass(frozen=True)
class Documented:
    """Questions on a text that no model has read."""

    language: str
    name: str
    text: str
    asked: tuple[Asked, ...]


KNOWN = (
    Asked("What is the capital of Japan?", ("Tokyo",)),
    Asked("What is the capital of Australia?", ("Canberra",)),
    Asked("What is the capital of Canada?", ("Ottawa",)),
    Asked("How many days are there in a week?", ("7", "seven")),
    Asked("What do bees make?", ("honey",)),
    Asked("What is the chemical formula of water?", ("H2O",)),
    Asked("What is the opposite of hot?", ("cold",)),
    Asked("What is the largest ocean on Earth?", ("Pacific",)),
    Asked("In which country are the pyramids of Giza?", ("Egypt",)),
    Asked("Who wrote Les Misérables?", ("Victor Hugo",)),
)
"""What it answers right at temperature 0, whatever it adds."""
MISSED = (
    Asked("What is the capital of France?", ("Paris",)),
    Asked("In which year did the Titanic sink?", ("1912",)),
    Asked("Who was the first woman to win a Nobel Prize?", ("Curie",)),
    Asked("Who was the first president of the United States?", ("Washington",)),
    Asked("Who won the football World Cup in 2018?", ("France",)),
    Asked("How many continents are there?", ("7", "seven")),
    Asked("How many legs does a spider have?", ("8", "eight")),
    Asked("What is 17 times 23?", ("391",)),
    Asked("How many letters are in the word strawberry?", ("10", "ten")),
    Asked("What is the largest planet in our solar system?", ("Jupiter",)),
)
"""What it answers wrongly, and surely."""
UNKNOWABLE = (
    Asked("What is the population of the town of Brumeville-sur-Orne?"),
    Asked("Who is Professor Aldous Finchley-Marrow?"),
    Asked('Who wrote the novel "The Glass Otters of Lisbon"?'),
    Asked("In which year was the Treaty of Velmora signed?"),
    Asked("What did Captain Elvira Stonebrook discover in 1847?"),
)
"""Of a town, people, a book and a treaty that were made up for this page."""
ADMITTED = ("don't know", "do not know", "not aware", "no information", "not sure", "sorry", "unable")
"""One of these words is in an answer that admits not to know."""

DOCUMENTS = (
    Documented("en", "rules.txt", "The password of the coffee machine is Pelican. The canteen opens at 11:45. "
               "The director is Agnes Thornbury.",
               (Asked("When does the canteen open?", ("11:45",)),
                Asked("At what time does the canteen open?", ("11:45",)),
                Asked("What is the password of the coffee machine?", ("Pelican",)),
                Asked("Who is the director?", ("Thornbury",)))),
    Documented("en", "museum.txt", "The museum of Saint-Aubin was founded in 1873. It is closed on Tuesdays.",
               (Asked("In which year was the museum of Saint-Aubin founded?", ("1873",)),)),
    Documented("en", "museum.txt", "The museum of Saint-Aubin was founded in 1873. The canteen opens at 11:45. "
               "The director is Agnes Thornbury.",
               (Asked("What year was the museum founded?", ("1873",)),)),
    Documented("fr", "musee.txt", "Le musée de Saint-Aubin a été fondé en 1873.",
               (Asked("Quand le musée de Saint-Aubin a-t-il été fondé ?", ("1873",)),)),
    Documented("fr", "cafe.txt", "Le mot de passe de la machine à café est Pélican.",
               (Asked("Quel est le mot de passe de la machine à café ?", ("Pélican",)),)),
    Documented("fr", "billet.txt", "Le prix du billet est 6 euros.",
               (Asked("Quel est le prix du billet ?", ("6 euros",)),)),
)  # fmt: skip
PLACES = ("system", "question")
"""Where the quoted text is put: as the system message, or before the question in the same message."""

NAME = ("Hi! My name is Léa.", "What is my name?", "Léa")
CAT = ("My cat is called Tango.", "What is my cat called?", "Tango")
"""What is told, what is asked, and what a right answer holds."""
CHATTER = (
    "Tell me one fact about cats.", "And one about dogs.", "What is the largest ocean on Earth?",
    "What do bees make?", "What is the capital of Japan?", "How many days are there in a week?",
    "What is the opposite of hot?", "What is the capital of Canada?",
)  # fmt: skip
"""Asked between the two."""

CHARACTERS = {
    "pirate": ('You are a pirate. You begin every answer with "Arrr!".', "arrr"),
    "french": ("Answer in French.", " la "),
    "meow": ('Always end your answer with "Meow!".', "meow"),
    "sentence": ("Answer in one short sentence.", ""),
}
"""System messages, and what an answer that follows them holds; of the last, one sentence of at most 20 words."""
TOPICS = ("What is the largest ocean on Earth?", "Why is the sky blue?", "What is the capital of Japan?")

REVIEWS = {
    "en": (
        ("I love this shop, everything was perfect!", "positive"), ("I hate this lamp.", "negative"),
        ("Wonderful service, thank you so much!", "positive"),
        ("Three weeks late, and nobody answers the phone.", "negative"),
        ("The best present that I ever bought.", "positive"),
        ("This is the worst lamp that I ever bought.", "negative"),
        ("My daughter is so happy with her new bike.", "positive"),
        ("It broke after a week. What a waste of money.", "negative"),
        ("Great quality, I will come back.", "positive"), ("Terrible. Never again.", "negative"),
    ),
    "fr": (
        ("J’adore ce magasin, tout était parfait !", "positif"), ("Je déteste cette lampe.", "négatif"),
        ("Service formidable, merci beaucoup !", "positif"),
        ("Trois semaines de retard, et personne ne répond.", "négatif"),
        ("Le plus beau cadeau de ma vie.", "positif"), ("La pire lampe que j’aie jamais achetée.", "négatif"),
        ("Ma fille est si contente de son vélo.", "positif"),
        ("Il est tombé en panne au bout d’une semaine.", "négatif"),
        ("Très bonne qualité, je reviendrai.", "positif"), ("Horrible. Plus jamais.", "négatif"),
    ),
}  # fmt: skip
"""Ten messages, each with its label; asked about one by one."""
PROMPTS = {
    "en": {
        "bare": "Classify this message: {message}",
        "naive": "Is this review positive or negative?\n\n{message}",
        "few": "Review: What a lovely hotel!\nLabel: positive\n\nReview: The room was dirty.\nLabel: negative\n\n"
               "Review: {message}\nLabel:",
        "good": "Is this review positive or negative? Answer with one word.\n\nReview: {message}",
    },
    "fr": {
        "bare": "Classe ce message : {message}",
        "naive": "Cet avis est-il positif ou négatif ?\n\n{message}",
        "few": "Avis : Quel bel hôtel !\nClasse : positif\n\nAvis : La chambre était sale.\nClasse : négatif\n\n"
               "Avis : {message}\nClasse :",
        "good": "Cet avis est-il positif ou négatif ? Répondez par un seul mot.\n\nAvis : {message}",
    },
}  # fmt: skip
LABELS = {"en": ("positive", "negative"), "fr": ("positif", "négatif")}

TOOL_QUESTIONS = (
    ("What is 17 * 23?", "calculator", "391"), ("What is 144 / 12?", "calculator", "12"),
    ("Compute 3.5 * 8.", "calculator", "28"), ("How much is 1024 - 377?", "calculator", "647"),
    ("What is the square root of 1764?", "calculator", "42"),
    ("What is 2 to the power of 20?", "calculator", "1048576"),
    ("What is 999 + 2345?", "calculator", "3344"), ("What is 15 percent of 240?", "calculator", "36"),
    ("What day is it today?", "calendar", "2026-11-28"),
    ("Which weekday was 2024-02-29?", "calendar", "Thursday"),
    ("Which weekday is 2027-01-01?", "calendar", "Friday"),
    ("How many days are there from 2026-11-28 to 2026-12-25?", "calendar", '"days": 27'),
    ("What is the date in 30 days?", "calendar", "2026-12-28"),
    ("What was the date 7 days ago?", "calendar", "2026-11-21"),
    ("What does the course say about the learning rate?", "course", "rate"),
    ("Find in the course what overfitting is.", "course", "overfit"),
    ("Search the course for tokens.", "course", "token"),
    ("What does the course say about embeddings?", "course", "embedding"),
    ("Search the course for dropout.", "course", "dropout"),
    ("What does the course say about temperature?", "course", "temperature"),
)  # fmt: skip
"""A question, the tool that it needs, and what the right call's result holds."""


def label(answer: str, language: str) -> str | None:
    """Return the one label that the first line of an answer names; None where it names none, or both."""
    first = next(iter(answer.strip().splitlines()), "").lower()
    named = [name for name in LABELS[language] if name in first]
    return named[0] if len(named) == 1 else None
