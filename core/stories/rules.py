"""The rules of the stories: French sentences, and what may come after each.

Each rule is a function: its arguments are what the story must remember (the hero, the object, the helper, how the
object was lost), its alternatives are a weight, a sentence and what comes next. The hero loses an object that a helper
finds again, or helps somebody with it:

    opening → background → possession ┬ loss → sorrow → meeting → answer → hint → found ┬ thanks → ending
                                      └ cry → plea → promise → rescue → gratitude ──────┘
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from itertools import permutations
from typing import ParamSpec

from core.stories.french import Adjective, Noun, capital, de, typeset
from core.stories.grammar import Alternative
from core.stories.words import (
    AGES,
    COLOURS,
    FOUND,
    GIFTS,
    HELPERS,
    HEROES,
    HOMES,
    JOYS,
    NAMES,
    PLEASURES,
    QUALITIES,
    SEARCHED,
    SORROWS,
    THINGS,
    TIMES,
    TROUBLES,
    Thing,
)

Alternatives = list[Alternative]
P = ParamSpec("P")


def dialogue(write: Callable[P, Alternatives]) -> Callable[P, Alternatives]:
    """Mark a rule in which somebody speaks: its source has ordinary spaces there, the stories have French ones.

    The others are left alone: most of what they offer is never drawn, and looking through it took a third of drawing.
    """

    @wraps(write)
    def typeset_rule(*args: P.args, **kwargs: P.kwargs) -> Alternatives:
        return [
            (weight, *(typeset(part) if isinstance(part, str) and "«" in part else part for part in parts))
            for weight, *parts in write(*args, **kwargs)
        ]

    return typeset_rule


@dataclass(frozen=True)
class Hero:
    """Who the story is about: what kind of creature, and its name."""

    kind: Noun
    name: str


@dataclass(frozen=True)
class Treasure:
    """The hero's object and its colour, which come back at the end."""

    thing: Thing
    colour: Adjective

    def a(self) -> str:
        """Return "une lampe dorée"."""
        return f"{self.thing.a()} {self.colour.agree(self.thing.feminine)}"

    def own(self, owner: str) -> str:
        """Return "sa lampe dorée", "ma lampe dorée"."""
        return f"{self.thing.own(owner)} {self.colour.agree(self.thing.feminine)}"


def together(hero: Hero, helper: Noun) -> str:
    """Return the plural pronoun of two persons: elles only if both are feminine."""
    return "elles" if hero.kind.feminine and helper.feminine else "ils"


def opening() -> Alternatives:
    """Who is it? The kind, the name and a quality."""
    found: Alternatives = []
    for kind in HEROES:
        for name in NAMES[kind.feminine]:
            hero, weight = Hero(kind, name), 1 / len(NAMES[kind.feminine])
            for quality in QUALITIES:
                one = kind.a(quality)
                found += [
                    (3 * weight, f"Il était une fois {one} qui s'appelait {name}.", (background, hero)),
                    (weight, f"Voici l'histoire {de(name)}, {one}.", (background, hero)),
                    (weight, f"{name} était {one}.", (background, hero)),
                    (weight, f"{capital(one)} nommé{kind.e} {name} vivait", (home,), (possession, hero)),
                ]
    return found


def home() -> Alternatives:
    """Where the hero lives, to end a sentence."""
    return [(1, f" {place}.") for place in HOMES]


def pleasure() -> Alternatives:
    """What the hero likes to do, to end a sentence."""
    return [(1, f" {what}.") for what in PLEASURES]


def background(hero: Hero) -> Alternatives:
    """Where the hero lives, or what it likes, or nothing."""
    it, then = capital(hero.kind.it), (possession, hero)
    return [
        (2, "", then),
        (2, f" {it} habitait", (home,), then),
        (1, f" {it} aimait beaucoup", (pleasure,), then),
        (1, f" {it} passait ses journées à", (pleasure,), then),
    ]


def possession(hero: Hero) -> Alternatives:
    """The object that the story turns around."""
    it = capital(hero.kind.it)
    found: Alternatives = []
    for thing in THINGS:
        for colour in COLOURS:
            treasure = Treasure(thing, colour)
            then = (plot, hero, treasure)
            found += [
                (1, f" {it} ne sortait jamais sans {treasure.own('s')}.", then),
                (1, f" Son plus grand trésor était {treasure.a()}.", then),
                (1, f" Sa grand-mère lui avait donné {treasure.a()}.", then),
            ]
    return found


def plot(hero: Hero, treasure: Treasure) -> Alternatives:
    """What happens: the object is lost, or somebody needs it."""
    lost = [(1.2 / len(treasure.thing.lost_by), (loss, hero, treasure, cause)) for cause in treasure.thing.lost_by]
    return [*lost, (1, (time,), (cry, hero, treasure))]


def time() -> Alternatives:
    """When it happens, at the head of a sentence."""
    return [(1, f" {when},") for when in TIMES]


def loss(hero: Hero, treasure: Treasure, cause: str) -> Alternatives:
    """How the object is lost."""
    it, own, e = hero.kind.it, treasure.thing.own("s"), treasure.thing.e
    sentences = {
        "wind": (f" le vent a soufflé si fort qu'il a emporté {own}.", f" {own} s'est envolé{e} dans la tempête."),
        "river": (f" {it} a laissé tomber {own} dans la rivière.", f" {own} est tombé{e} d'un bateau."),
        "magpie": (f" une pie a volé {own}.", f" une pie est entrée par la fenêtre et a pris {own}."),
        "memory": (f" {it} a oublié {own} sur le chemin.", f" {it} a posé {own} et ne l'a plus retrouvé{e}."),
    }
    return [(1, (time,), sentence, (sorrow, hero, treasure, cause)) for sentence in sentences[cause]]


def sorrow(hero: Hero, treasure: Treasure, cause: str) -> Alternatives:
    """What the hero feels, or where it searches in vain, or nothing."""
    it, then = capital(hero.kind.it), (meeting, hero, treasure, cause)
    felt: Alternatives = []
    for who in (hero.name, capital(hero.kind.the())):
        for how in (adjective.agree(hero.kind.feminine) for adjective in SORROWS):
            felt.append((1, f" {who} était très {how} et a pleuré toute la nuit.", then))
            felt.append((1, f" {who} était {how}, mais n'a pas perdu courage.", then))
    return [*felt, (len(felt), f" {it} a cherché", (search,), then), (len(felt), "", then)]


def search() -> Alternatives:
    """Two places where the object is not."""
    return [(1, f" {here} et {there}, en vain.") for here, there in permutations(SEARCHED, 2)]


def meeting(hero: Hero, treasure: Treasure, cause: str) -> Alternatives:
    """Who comes along."""
    it, found_by = hero.kind.it, []
    for helper in HELPERS:
        then = (answer, hero, treasure, cause, helper)
        found_by += [(1.0, f" En chemin, {it} a rencontré {helper.a(age)}.", then) for age in AGES]
        found_by.append((2.0, f" {capital(it)} a demandé de l'aide à {helper.a()}.", then))
    return [*found_by]


@dialogue
def answer(hero: Hero, treasure: Treasure, cause: str, helper: Noun) -> Alternatives:
    """What the hero says."""
    mine, e, then = treasure.own("m"), treasure.thing.e, (hint, hero, treasure, cause, helper)
    because = {
        "wind": f"Le vent a emporté {mine}",
        "river": f"{capital(mine)} est tombé{e} dans l'eau",
        "magpie": f"Une pie a volé {mine}",
        "memory": f"J'ai oublié {mine} quelque part",
    }
    return [
        (1, f" « J'ai perdu {mine} ! » a dit {hero.name}.", then),
        (2, f" « {because[cause]} ! » a expliqué {hero.name}.", then),
        (1, f" « As-tu vu {mine} ? » a demandé {hero.name}.", then),
    ]


@dialogue
def hint(hero: Hero, treasure: Treasure, cause: str, helper: Noun) -> Alternatives:
    """Where the helper saw the object; the place fits the way it was lost."""
    e, who = treasure.thing.e, helper.the()
    said: Alternatives = []
    for place in FOUND[cause]:
        then = (found, hero, treasure, helper, place)
        said.append((2, f" « Je l'ai vu{e} {place} ! » a répondu {who}.", then))
        said.append((1, f" « Regarde {place} ! » a dit {who}.", then))
    return said


def found(hero: Hero, treasure: Treasure, helper: Noun, place: str) -> Alternatives:
    """The object is found again, where the helper said."""
    they, own, e, then = (
        together(hero, helper),
        treasure.thing.own("s"),
        treasure.thing.e,
        (thanks, hero, treasure, helper),
    )
    return [
        (1, f" Ensemble, {they} l'ont retrouvé{e} {place}.", then),
        (1, f" {capital(own)} était bien {place}.", then),
        (1, f" {capital(they)} ont couru et ont trouvé {own} {place}.", then),
    ]


@dialogue
def thanks(hero: Hero, treasure: Treasure, helper: Noun) -> Alternatives:
    """The hero thanks the helper, or is glad, or runs home."""
    friend, then = "ma chère amie" if helper.feminine else "mon cher ami", (ending, hero, treasure, helper)
    return [
        (2, "", then),
        *((3 / len(GIFTS), f" {hero.name} a offert {gift} {helper.to_the()}.", then) for gift in GIFTS),
        *((0.5, f" {hero.name} a {did} de joie.", then) for did in ("sauté", "dansé", "pleuré")),
        (1.5, f" « Merci, {friend} ! » a crié {hero.name}.", then),
    ]


def cry(hero: Hero, treasure: Treasure) -> Alternatives:
    """Somebody is in trouble, and it is a trouble that the object can end."""
    it, met = hero.kind.it, []
    for helper in HELPERS:
        then = (plea, hero, treasure, helper)
        for trouble in TROUBLES[treasure.thing.use]:
            met.append((2.0, f" {it} a vu {helper.a()} qui {trouble}.", then))
            met += [(1.0, f" {it} a rencontré {helper.a(age)} qui {trouble}.", then) for age in AGES]
    return [*met]


@dialogue
def plea(hero: Hero, treasure: Treasure, helper: Noun) -> Alternatives:
    """What the one in trouble says."""
    who = helper.the()
    return [
        (1, f" « Peux-tu m'aider ? » a demandé {who}.", (promise, hero, treasure, helper)),
        (1, f" « Aide-moi, s'il te plaît ! » a crié {who}.", (promise, hero, treasure, helper)),
        (1, f" « Qui es-tu ? » a demandé {who}.", (presentation, hero, treasure, helper)),
    ]


@dialogue
def presentation(hero: Hero, treasure: Treasure, helper: Noun) -> Alternatives:
    """The hero says its name, and what it has."""
    then = (rescue, hero, treasure, helper)
    return [(1, f" « Je m'appelle {hero.name} et j'ai {treasure.a()} ! »", then)]


@dialogue
def promise(hero: Hero, treasure: Treasure, helper: Noun) -> Alternatives:
    """What the hero answers."""
    then = (rescue, hero, treasure, helper)
    return [
        (1, f" « N'aie pas peur, j'ai {treasure.a()} ! » a répondu {hero.name}.", then),
        (1, f" « Bien sûr, je vais prendre {treasure.own('m')} ! » a dit {hero.name}.", then),
    ]


def rescue(hero: Hero, treasure: Treasure, helper: Noun) -> Alternatives:
    """The object does what it is good for."""
    name, own, thing = hero.name, treasure.thing.own("s"), treasure.thing
    they, he = together(hero, helper), helper.it
    done = {
        "cold": (f" {name} a posé {own} sur les épaules {helper.of_the()}.", f" Bientôt, {he} n'avait plus froid."),
        "dark": (f" {name} a allumé {own}.", f" Aussitôt, {he} n'avait plus peur."),
        "hole": (f" {name} a apporté {own}.", f" Enfin, {he} a pu remonter."),
        "door": (f" Avec {own}, {name} a ouvert la porte.", f" Enfin, {he} était libre."),
        "sorrow": (f" Avec {own}, {name} a joué un air très gai.", f" Bientôt, {they} dansaient."),
        "rain": (f" {name} a prêté {own} {helper.to_the()}.", f" Ainsi, {he} est resté{helper.e} au sec."),
        "lost": (f" Grâce à {own}, {they} ont retrouvé le chemin.", f" Avant la nuit, {he} était de retour."),
    }
    act, effect = done[thing.use]
    then = (gratitude, hero, treasure, helper)
    return [(1, act, then), (1, act + effect, then)]


@dialogue
def gratitude(hero: Hero, treasure: Treasure, helper: Noun) -> Alternatives:
    """The one who was helped says thank you."""
    who, then = capital(helper.the()), (ending, hero, treasure, helper)
    friend = "ma chère amie" if hero.kind.feminine else "mon cher ami"
    return [
        *((3 / len(GIFTS), f" {who} a offert {gift} à {hero.name}.", then) for gift in GIFTS),
        (2, f" « Merci, {friend} ! » a dit {helper.the()}.", then),
    ]


def ending(hero: Hero, treasure: Treasure, helper: Noun) -> Alternatives:
    """The hero, the helper and the object are remembered."""
    kind, both = hero.kind, f"{hero.name} et {helper.the()}"
    friends = "les meilleures amies" if kind.feminine and helper.feminine else "les meilleurs amis"
    home_at_last: Alternatives = [
        (
            1,
            f" Le soir, {kind.the()} est rentré{kind.e} avec {treasure.own('s')}, {joy.agree(kind.feminine)}.",
            (moral, hero),
        )
        for joy in JOYS
    ]
    return [
        (2, f" Depuis ce jour, {both} sont {friends} du monde."),
        (2, f" Depuis ce jour, {hero.name} ne quitte plus {treasure.own('s')}.", (moral, hero)),
        *home_at_last,
    ]


def moral(hero: Hero) -> Alternatives:
    """Sometimes a lesson."""
    return [
        (3, ""),
        (1, f" Et {hero.kind.it} a bien dormi."),
        (1, f" {hero.name} a compris qu'un ami vaut plus qu'un trésor."),
    ]
