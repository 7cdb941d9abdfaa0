"""The French words that grammar alone tells apart although their first letters differ: mon and ton, sommes and êtes.

Whole closed classes, those of Riegel, Pellat and Rioul, "Grammaire méthodique du français": determiners with the simple
numerals, pronouns, simple prepositions, conjunctions, negation. Then what has no common stem: all simple forms of the
three verbs whose forms begin with different letters, and the degrees of bon, mauvais, bien, mal, peu and beaucoup.
"""

from __future__ import annotations

_CLASSES = {
    "determiners": """
le la les l un une des du de d au aux ce cet cette ces mon ton son ma ta sa mes tes ses notre votre nos vos leur leurs
quel quelle quels quelles quelque quelques chaque plusieurs aucun aucune nul nulle certain certaine certains certaines
tout toute tous toutes tel telle tels telles maint mainte maints maintes divers diverses différents différentes
zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante
cinquante soixante septante huitante nonante cent cents mille""",
    "pronouns": """
je j me m moi tu te t toi il elle se s soi on nous vous ils elles lui eux en y
moi-même toi-même lui-même elle-même soi-même nous-mêmes vous-même vous-mêmes eux-mêmes elles-mêmes
c ceci cela ça celui celle ceux celles celui-ci celle-ci ceux-ci celles-ci celui-là celle-là ceux-là celles-là
mien mienne miens miennes tien tienne tiens tiennes sien sienne siens siennes nôtre nôtres vôtre vôtres
qui que qu quoi dont où lequel laquelle lesquels lesquelles duquel desquels desquelles auquel auxquels auxquelles
autrui chacun chacune personne rien quelqu quelqu’un quelqu’une quelques-uns quelques-unes autre autres même mêmes""",
    "prepositions": """
à après avant avec chez contre dans depuis derrière dès devant durant en entre envers excepté hormis hors jusque jusqu
malgré outre par parmi pendant pour sans sauf selon sous suivant sur vers via voici voilà""",
    "conjunctions": """
et ou ni mais or car donc que si comme quand lorsque lorsqu puisque puisqu quoique quoiqu parce afin tandis""",
    "negation": "ne n pas non plus jamais guère point",
    "être": """
être étant été suis es est sommes êtes sont étais était étions étiez étaient fus fut fûmes fûtes furent
serai seras sera serons serez seront serais serait serions seriez seraient
sois soit soyons soyez soient fusse fusses fût fussions fussiez fussent""",
    "avoir": """
avoir ayant eu eue eus eues ai as a avons avez ont avais avait avions aviez avaient eut eûmes eûtes eurent
aurai auras aura aurons aurez auront aurais aurait aurions auriez auraient
aie aies ait ayons ayez aient eusse eusses eût eussions eussiez eussent""",
    "aller": """
aller allant allé allée allés allées vais vas va allons allez vont allais allait allions alliez allaient
allai allas alla allâmes allâtes allèrent irai iras ira irons irez iront irais irait irions iriez iraient
aille ailles aillent allasse allasses allât allassions allassiez allassent""",
    "degrees": "meilleur meilleure meilleurs meilleures mieux pire pires pis moindre moindres moins",
}
"""Elided words stand without their apostrophe."""
_WORDS = frozenset(" ".join(_CLASSES.values()).split())


def is_function_word(word: str) -> bool:
    """Whether a word is one of those above, in any case, elided (l’) or behind a verb (-il)."""
    return word.lower().replace("'", "’").strip("’-") in _WORDS
