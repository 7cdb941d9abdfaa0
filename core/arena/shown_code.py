"""The code of the laboratory: its votes, Elo, Bradley–Terry and the interval, in NumPy.

A test executes it for every preset and gets the points of the picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.arena.bradley_terry import PRIOR
from core.arena.elo import SHUFFLES
from core.arena.lab import strengths, verbosity
from core.arena.ranked import LOST, ROUNDS, cast, rival
from core.arena.table import names
from core.notebooks import Translate, cell


def sources(room: Mapping[str, Any], _: Translate) -> dict[str, str]:
    """Return the code by version, for where the laboratory stands."""
    parts = [_numbers(room, _), _votes(room, _)]
    if room["fakes"]:
        parts.append(_robot(room, _))
    parts += [_elo(room, _), _likeliest(room, _)]
    if room["dropped"] and not room["style"]:
        parts.append(_omission(room, _))
    return {"NumPy": "\n".join([*parts, _interval(room, _)])}


def _numbers(room: Mapping[str, Any], _: Translate) -> str:
    said = _("random numbers: the same in Python as in the browser")
    return cell(
        _("The models, and random numbers"),
        f"""
import numpy as np

names = {names()!r}
strength = np.array({[int(each) for each in strengths()]!r})
models, seed = len(names), {room["seed"]}


def mixed(bits):
    bits = (bits ^ (bits >> np.uint32(16))) * np.uint32(0x21F0AAAD)
    bits = (bits ^ (bits >> np.uint32(15))) * np.uint32(0x735A2D97)
    return bits ^ (bits >> np.uint32(15))


def uniforms(stream, count):  # {said}
    outer = mixed(np.array([seed], dtype=np.uint32) ^ mixed(np.array([stream + 1], dtype=np.uint32)))
    inner = mixed(outer + np.uint32(0x9E3779B9))
    return (mixed(mixed(np.arange(count, dtype=np.uint32) ^ outer) + inner) + 0.5) / 2**32
""",
    )


def _votes(room: Mapping[str, Any], _: Translate) -> str:
    lengths = _("0, 1 or 2: short, medium, long; a talkative model writes long answers more often")
    return cell(
        _("Votes: two models at random, two answers, and the one that is preferred, or neither"),
        f"""
count, ties, bias = {room["votes"]}, {room["ties"] / 100}, {room["bias"]}
talkative = np.array({verbosity()!r})
pair = (uniforms(0, count) * models * (models - 1)).astype(int)
first, second = pair // (models - 1), pair % (models - 1)
second += second >= first


def length(stream, share):  # {lengths}
    drawn = uniforms(stream, count)
    return (drawn >= (1 - share) * (1 - share)).astype(int) + (drawn >= 1 - share * share)


longer = length(2, talkative[first]) - length(3, talkative[second])
lead = strength[first] - strength[second] + bias * longer
odds, between = 10 ** (lead / 800), 2 * ties / (1 - ties)
all_three = 1 / odds + between + odds
drawn = uniforms(1, count)
score = ((drawn >= 1 / odds / all_three) * 1.0 + (drawn >= (1 / odds + between) / all_three)) / 2
""",
    )


def _robot(room: Mapping[str, Any], _: Translate) -> str:
    helped = room["helped"]
    if room["against"] == "first":
        losers = f"[{rival(cast({**room, 'fakes': 0}), helped)}]"
    else:
        losers = f"[model for model in range(models) if model != {helped}]"
    return cell(
        _("A robot votes for one of them"),
        f"""
fakes = {room["fakes"]}
first = np.concatenate([first, np.full(fakes, {helped})])
second = np.concatenate([second, np.resize({losers}, fakes)])
score = np.concatenate([score, np.ones(fakes)])
longer = np.concatenate([longer, np.zeros(fakes, dtype=int)])
""",
    )


def _elo(room: Mapping[str, Any], _: Translate) -> str:
    order = "order = list(range(len(score)))"
    if room["order"]:
        order = f"""order = list(range(len(score)))
drawn = uniforms({SHUFFLES + room["order"] - 1}, len(order) - 1)
for turn, last in enumerate(range(len(order) - 1, 0, -1)):
    other = int(drawn[turn] * (last + 1))
    order[last], order[other] = order[other], order[last]"""
    return cell(
        _("Elo: one vote after the other"),
        f"""
{order}
elo = [float(strength.mean())] * models
for vote in order:
    one, two = first[vote], second[vote]
    expected = 1 / (1 + 10 ** ((elo[two] - elo[one]) / 400))
    gain = {room["k"]} * (score[vote] - expected)
    elo[one] += gain
    elo[two] -= gain
print(names[int(np.argmax(elo))])
""",
    )


def _likeliest(room: Mapping[str, Any], _: Translate) -> str:
    columns = "design[:, models] = longer  # " + _("style control: length has a column of its own")
    style = f"\n{columns}" if room["style"] else ""
    said = _("virtual ties with an average opponent")
    return cell(
        _("Bradley–Terry: all votes at once, the points that make them most likely"),
        f"""
prior = {PRIOR}  # {said}
design = np.zeros((len(score), models + {int(room["style"])}))
design[np.arange(len(score)), first] = 1
design[np.arange(len(score)), second] = -1{style}


def likeliest(weight):
    found = np.zeros(design.shape[1])
    for step in range(30):
        chance = 1 / (1 + np.exp(-design @ found))
        pull = 1 / (1 + np.exp(-found))
        slope = design.T @ (weight * (score - chance)) + prior * (0.5 - pull)
        curve = (design * (weight * chance * (1 - chance))[:, None]).T @ design + np.diag(prior * pull * (1 - pull))
        change = np.linalg.solve(curve, slope)
        found += change / max(1, abs(change).max())
        if abs(change).max() < 1e-9:
            break
    return found


def in_points(found):
    points = 400 / np.log(10) * found[:models]
    return points - points.mean() + strength.mean()


weight = np.ones(len(score))
points = in_points(likeliest(weight))
""",
    )


def _omission(room: Mapping[str, Any], _: Translate) -> str:
    if room["lost"] == "chance":
        return cell(
            _("Votes drawn by chance, taken away"),
            f"""
weight[np.argsort(uniforms({LOST}, len(score)), kind="stable")[:{room["dropped"]}]] = 0
points = in_points(likeliest(weight))
""",
        )
    return cell(
        _("The votes that speak most for the first against the second, taken away"),
        f"""
ranked = np.argsort(points)[::-1]
natural = (points - points.mean()) * np.log(10) / 400
chance = 1 / (1 + np.exp(-design @ natural))
pull = 1 / (1 + np.exp(-natural))
curve = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(prior * pull * (1 - pull))
asked = np.zeros(models)
asked[ranked[0]], asked[ranked[1]] = 1, -1
worth = (score - chance) * (design @ np.linalg.solve(curve, asked))
weight[np.argsort(-worth, kind="stable")[:{room["dropped"]}]] = 0
points = in_points(likeliest(weight))
""",
    )


def _interval(room: Mapping[str, Any], _: Translate) -> str:
    rounds = ROUNDS if room["votes"] <= 10_000 else 20
    return cell(
        _("The interval: the same number of votes, drawn again from these"),
        f"""
again = np.random.default_rng(1)
share = weight / weight.sum()
rounds = [in_points(likeliest(again.multinomial(int(weight.sum()), share))) for _ in range({rounds})]
low, high = np.quantile(rounds, [0.025, 0.975], axis=0, method="weibull")
for place, model in enumerate(np.argsort(points)[::-1], start=1):
    print(f"{{place:2}} {{names[model]:24}} {{points[model]:.0f}}  {{low[model]:.0f}} … {{high[model]:.0f}}")
""",
    )
