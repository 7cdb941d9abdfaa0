"""The words of the stories: who, what, where, and what goes with what."""

from __future__ import annotations

from dataclasses import dataclass

from core.stories.french import Adjective, Noun


@dataclass(frozen=True)
class Thing(Noun):
    """An object: what it is good for, and how it can be lost."""

    use: str = ""
    lost_by: tuple[str, ...] = ()


HEROES = [
    *(
        Noun(word, False)
        for word in ("renard", "lapin", "ours", "hérisson", "garçon", "chevalier", "dragon", "écureuil")
    ),
    *(Noun(word, True) for word in ("souris", "tortue", "fille", "fée", "grenouille", "princesse", "abeille", "oie")),
]
NAMES = {
    False: ("Félix", "Léo", "Jules", "Oscar", "Arthur", "Basile", "Émile", "Martin"),
    True: ("Léa", "Zoé", "Alice", "Rose", "Emma", "Inès", "Chloé", "Manon"),
}
HELPERS = [
    *(Noun(word, False) for word in ("hibou", "loup", "âne", "facteur", "ogre", "oiseau", "boulanger")),
    *(Noun(word, True) for word in ("chouette", "biche", "sorcière", "fermière", "hirondelle", "bergère", "vache")),
]
QUALITIES = [
    Adjective("petit", "petite"),
    Adjective("jeune", "jeune"),
    Adjective("gentil", "gentille"),
    Adjective("brave", "brave"),
]
AGES = [Adjective("vieux", "vieille", "vieil"), Adjective("grand", "grande")]
COLOURS = [
    Adjective("rouge", "rouge"),
    Adjective("bleu", "bleue"),
    Adjective("vert", "verte"),
    Adjective("doré", "dorée"),
    Adjective("blanc", "blanche"),
    Adjective("magique", "magique"),
]
SORROWS = [
    Adjective("triste", "triste"),
    Adjective("malheureux", "malheureuse"),
    Adjective("inquiet", "inquiète"),
    Adjective("déçu", "déçue"),
]
JOYS = [Adjective("fier", "fière"), Adjective("heureux", "heureuse"), Adjective("content", "contente")]

THINGS = [
    Thing("manteau", False, "cold", ("wind", "memory")),
    Thing("écharpe", True, "cold", ("wind", "river", "memory")),
    Thing("couverture", True, "cold", ("wind", "river")),
    Thing("lampe", True, "dark", ("river", "memory")),
    Thing("lanterne", True, "dark", ("river", "memory")),
    Thing("corde", True, "hole", ("river", "memory")),
    Thing("échelle", True, "hole", ("memory",)),
    Thing("clé", True, "door", ("magpie", "river", "memory")),
    Thing("flûte", True, "sorrow", ("magpie", "river", "memory")),
    Thing("violon", False, "sorrow", ("memory",)),
    Thing("tambour", False, "sorrow", ("river", "memory")),
    Thing("parapluie", False, "rain", ("wind", "memory")),
    Thing("chapeau", False, "rain", ("wind", "river")),
    Thing("boussole", True, "lost", ("magpie", "river", "memory")),
    Thing("carte", True, "lost", ("wind", "river")),
]

HOMES = (
    "au bord de la rivière",
    "près d'un vieux moulin",
    "au pied de la montagne",
    "au milieu de la forêt",
    "sur une petite île",
    "près de la mer",
    "derrière l'église",
    "à côté de l'école",
    "au bout du village",
    "au fond d'un jardin",
    "au sommet de la colline",
    "de l'autre côté du pont",
)
PLEASURES = (
    "chanter sous la pluie",
    "regarder les étoiles",
    "raconter des histoires",
    "compter les nuages",
    "danser dans l'herbe",
    "dormir au soleil",
    "courir dans les champs",
    "inventer des chansons",
    "cueillir des fleurs",
    "nager dans le lac",
)
TIMES = ("Un matin", "Un jour", "Un soir", "Un dimanche", "Un jour d'hiver", "Un matin de printemps")
SEARCHED = (
    "sous le lit",
    "dans la cuisine",
    "derrière les rideaux",
    "dans le grenier",
    "au fond de la cave",
    "sous les feuilles",
)
FOUND = {
    "wind": ("en haut d'un arbre", "sur le toit de l'église", "dans un buisson"),
    "river": ("sous le pont", "près du moulin", "entre deux pierres"),
    "magpie": ("dans un nid", "au sommet de la tour", "sur une branche"),
    "memory": ("sous un banc", "derrière une porte", "à côté du puits"),
}
"""Where a lost thing is found depends on how it was lost."""
GIFTS = (
    "un panier de cerises",
    "une part de gâteau",
    "un sac de noisettes",
    "un bouquet de fleurs",
    "un pot de miel",
    "une tarte aux pommes",
    "un bol de soupe",
    "un collier de perles",
)
TROUBLES = {
    "cold": ("tremblait de froid", "n'avait pas de quoi se réchauffer"),
    "dark": ("avait peur du noir", "ne voyait plus rien dans la nuit"),
    "hole": ("était au fond d'un trou", "n'arrivait pas à sortir du puits"),
    "door": ("ne pouvait pas sortir d'une tour", "pleurait derrière une grille"),
    "sorrow": ("s'ennuyait tout le jour", "avait le cœur gros"),
    "rain": ("n'avait rien contre la pluie", "grelottait sous l'orage"),
    "lost": ("ne retrouvait plus son chemin", "tournait en rond depuis des heures"),
}
"""What only the right object can help against."""
