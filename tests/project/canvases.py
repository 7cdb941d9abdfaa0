"""Canvases for the tests: an ordinary one, and those that would break a page."""

from __future__ import annotations

from core.project.canvas import FIELDS, LONGEST_TITLE, MOST_LINES, MOST_LINKS, Canvas, Link

ORDINARY = Canvas(
    name="Les panneaux de ma ville",
    question="Quelle part des 24 panneaux de ma ville un réseau lit-il sur des photos prises de nuit ?",
    data="600 photos prises par nous deux, 25 par classe.\nTest : une autre rue.",
    baseline="La classe la plus fréquente (12 %), puis une régression logistique.",
    measure="Exactitude sur 150 photos de test ; succès au-dessus de 80 %.",
    risks="Pas assez de photos de nuit : on assombrit celles de jour, et on le dit.",
    experiments=(
        Link("Taux 0,001 contre 0,01, trois graines", "train_val_test?tvt_rate=0.01&tvt_seed=3"),
        Link("Le même, gelé", "https://exemple.fr/essai?x=1"),
        Link("Sans lien"),
    ),
    hours={"question": 2, "data": 8, "baseline": 2, "network": 4, "experiments": 8, "test": 1, "report": 3},
)
MARKUP = Canvas(
    name="<script>alert(1)</script> # *name*",
    question="<img src=x onerror=alert(1)> ![x](http://evil/x.png) `code`?",
    data="# Title\n- item\n1. one\n> quote\n| a | b |\n---\n$x$ &lt; &amp; \\",
    baseline="[click](javascript:alert(1)) <https://evil> ~~gone~~ __bold__",
    measure="</p></section><style>*{display:none}</style> 80 %",
    risks="    code block\n```\nfence\n```\n===\n+ plus",
    experiments=(Link('"><svg onload=alert(1)>', 'https://evil/"><script>alert(1)</script>'),),
)


def full(sign: str) -> Canvas:
    """Return a canvas in which every text is as long as it may be, written with one sign."""
    titles = (f"{number}{(sign * LONGEST_TITLE)[: LONGEST_TITLE - 1]}" for number in range(MOST_LINKS))
    return _written({name: (sign * most)[:most] for name, most in FIELDS.items()}, *map(Link, titles))


def of_lines() -> Canvas:
    """Return a canvas in which every text has as many lines as it may have, each of them long."""
    lines = {
        name: "\n".join([("mot " * (most // MOST_LINES // 4)).strip()] * MOST_LINES) for name, most in FIELDS.items()
    }
    return _written(lines | {"name": "x"}, *full("x").experiments)


def _written(texts: dict[str, str], *links: Link) -> Canvas:
    canvas = Canvas(experiments=links)
    for name, text in texts.items():
        canvas = canvas.with_text(name, text)
    return canvas
