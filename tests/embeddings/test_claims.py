"""Every sentence of the lesson that states a fact, computed from what is shipped."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest

from components.embeddings.learned_table import drawn_alphabet, drawn_table, learned_table
from components.embeddings.words_measured import ENDS, ends
from core.embeddings import professions
from core.embeddings.analogies import FAMILIES, PICTURES, measured, rate
from core.embeddings.map_data import map_data, rare
from core.embeddings.ngrams import ORDERS, SMOOTHINGS, NGrams, verdict
from core.embeddings.one_hot import distances, lookup_seconds, one_hot, possible, with_embedding, with_one_hot
from core.embeddings.presets import ASKED, PRESETS
from core.embeddings.separation import learned, recorded, separation
from core.embeddings.word_map import FREQUENT, NEAR, around, flat_neighbours, places
from core.language_models.word_vectors import french_words
from core.pca import along, principal_axes
from core.runs.store import RunStore
from core.tasks.letters.corpus import FAMILY, corpus, load
from core.tasks.letters.settings import LettersSettings, parameters
from core.tasks.registry import frames
from tests.embeddings import shipped
from tests.embeddings.shipped import ACCENTED_VOWELS, CUT, all_learned, couples, last, letters, mean_distance
from tests.helpers import open_page
from tests.small_runs import OWN_WORDS

ROOT_TWO = np.sqrt(2)
WORDS = corpus(load("words"))


# ---- letters


def test_vowels_apart() -> None:
    """The middles of vowels and consonants: 0.3 apart at first, 3.6 at the end."""
    assert [round(separation(letters(at), CUT).gap, 1) for at in (0, -1)] == [0.3, 3.6]


def test_all_letters_spread() -> None:
    """The mean distance of two learned letters doubles: by a factor between 1.8 and 2.2."""
    everything = all_learned()
    assert 1.8 < mean_distance(-1, everything, everything) / mean_distance(0, everything, everything) < 2.2


def test_vowels_do_not_gather() -> None:
    """Two vowels, and two consonants, are farther apart than at the start; a vowel and a consonant still more so."""
    groups = {kind: learned(CUT, kind) for kind in ("vowel", "consonant")}
    grown = {kind: mean_distance(-1, own, own) / mean_distance(0, own, own) for kind, own in groups.items()}
    across = mean_distance(-1, *groups.values()) / mean_distance(0, *groups.values())
    assert min(grown.values()) > 1.2
    assert across > max(grown.values())


def test_vowels_follow_consonants() -> None:
    """In the training names more than half of what follows a consonant is a vowel, accented ones included."""
    vowels = set("aeiouy" + ACCENTED_VOWELS)
    after = [b for word in CUT.words["train"] for a, b in zip(word, word[1:] + ".", strict=True)
             if a.isalpha() and a not in vowels]  # fmt: skip
    assert sum(b in vowels for b in after) > 0.5 * len(after)


def test_companions_are_not_near() -> None:
    """The ten most frequent couples of different letters: "an", "ri", "ma" first; 4.2 apart, any two letters 3.9."""
    common = [couple for couple, _count in couples().most_common(10)]
    assert common[:3] == ["an", "ri", "ma"]
    found = distances(letters(-1))
    apart = [found[CUT.characters.index(couple[0]), CUT.characters.index(couple[1])] for couple in common]
    assert round(float(np.mean(apart)), 1) == 4.2
    everything = mean_distance(-1, all_learned(), all_learned())
    assert round(everything, 1) == 3.9
    assert everything < np.mean(apart)


def test_flat_is_exact() -> None:
    """The places on the picture are the embedding's two numbers, and all of the variance is shown."""
    coordinates, kept = along([letters(at) for at in (0, -1)])
    np.testing.assert_array_equal(coordinates[-1], letters(-1))
    assert kept == [1.0, 1.0]


def test_names_counting_wins() -> None:
    """On validation names: the network 2.66, the best count 2.35."""
    counted = verdict(load("names"))
    assert [round(loss, 2) for loss in (last("names"), counted.losses[counted.best])] == [2.66, 2.35]


def test_course_network() -> None:
    """37 characters, 14,007 parameters in the parts that the table lists, 40,000 words."""
    settings = PRESETS["words"]
    parts = parameters(len(WORDS.characters), settings.context, settings.embedding, settings.hidden)
    assert parts == {"C": 370, "hidden": 6_200, "output": 7_437}
    assert sum(parts.values()) == 14_007
    assert len(load("words")) == 40_000
    assert len(WORDS.characters) == 37


def test_words_beats_counting() -> None:
    """After 200,000 updates the network is below the best n-gram, by less than 0.05."""
    assert PRESETS["words"].updates == 200_000
    counted = verdict(load("words"))
    assert 0 < counted.losses[counted.best] - last("words") < 0.05


def test_best_beats_course() -> None:
    """A context of 5 and Adam: lower after 5,000 updates, on validation and on test, than the course's 200,000."""
    settings = PRESETS["best"]
    assert (settings.context, settings.optimizer, settings.updates) == (5, "adam", 5_000)
    for kind in ("validation", "test"):
        assert last("best", kind) < last("words", kind)


def test_too_sure_a_start() -> None:
    """The loss begins at 29, eight times chance; at the thousandth update it is still above chance."""
    found, chance = shipped.losses("course_start"), np.log(37)
    assert int(found[0]) == 29
    assert round(found[0] / chance) == 8
    assert found[1_000] > chance


def test_one_number_is_narrow() -> None:
    """With one number the loss ends at 2.46; with ten and the same rate it is lower by update 1,000."""
    assert round(last("one_number"), 2) == 2.46
    assert replace(PRESETS["one_number"], embedding=10, updates=200_000) == PRESETS["words"]
    assert min(loss for update, loss in shipped.losses("words").items() if update <= 1_000) < last("one_number")


def test_too_fast_explodes() -> None:
    """At a rate of 10 the validation loss goes from 3.6 to more than 80 before the tenth update."""
    found = shipped.losses("too_fast")
    assert PRESETS["too_fast"].learning_rate == 10
    assert round(found[0], 1) == 3.6
    assert max(loss for update, loss in found.items() if update < 10) > 80


def test_rare_letters_are_dotted() -> None:
    """Dotted: fewer than twenty times in the training words, counted here again; ten of the names' 35 characters."""
    seen = {character: "".join(CUT.words["train"]).count(character) for character in CUT.characters[1:]}
    assert rare(CUT)[1:] == [count < 20 for count in seen.values()]
    assert map_data(shipped.recorded("names"), own_axes=False, prefix="")["rare"] == rare(CUT)
    assert (sum(rare(CUT)), len(CUT.characters)) == (10, 35)


def test_rare_letters_stay() -> None:
    """Rare letters went 56 % of the way of the others, on average; î, never read, has not moved at all."""
    way = np.linalg.norm(letters(-1) - letters(0), axis=1)
    seldom = np.array(rare(CUT))
    assert round(float(way[seldom].mean() / way[~seldom].mean()), 2) == 0.56
    assert "î" not in "".join(CUT.words["train"])
    assert way[CUT.characters.index("î")] == 0


def test_eight_seeds() -> None:
    """The gap in widths grows for seven of eight recorded seeds, most for the page's own; two are measured again."""
    found = recorded()
    assert list(found) == list(range(1, 9))
    grown = {seed: end.ratio - start.ratio for seed, (start, end) in found.items()}
    assert sum(by > 0 for by in grown.values()) == 7
    assert max(grown, key=lambda seed: grown[seed]) == ASKED.seed == 6
    for at, kept in zip((0, -1), found[6], strict=True):
        assert separation(letters(at), CUT).gap == pytest.approx(kept.gap, abs=0.01)
    older = RunStore(url="/nowhere").find(replace(ASKED, seed=1))  # shipped with the first version
    assert older is not None
    assert separation(older.measured[-1].arrays["letters"], CUT).ratio == pytest.approx(found[1][1].ratio, abs=0.01)


def test_names_recites() -> None:
    """Train falls by more than half, to 1.63; validation was 2.63 at best and ends at 2.66."""
    train, validation = shipped.losses("names", "train"), shipped.losses("names")
    assert last("names", "train") < train[0] / 2
    assert round(last("names", "train"), 2) == 1.63
    assert [round(loss, 2) for loss in (min(validation.values()), last("names"))] == [2.63, 2.66]
    best = min(validation, key=lambda update: validation[update])
    assert train[best] > last("names", "train")


def test_names_setting() -> None:
    """Ten numbers a letter and Adam: 2.4 on validation after 500 updates, trained here."""
    better = replace(ASKED, embedding=10, optimizer="adam", learning_rate=0.003, batch_size=128, updates=500)
    loss = next(frame for frame in reversed(list(frames(better))) if frame.measured).metrics["validation_loss"]
    assert round(loss, 1) == 2.4 < round(last("names"), 1)


def test_own_list_stays_here() -> None:
    """A list is private, a link holds none of it, and the page without one shows the first names."""
    settings = LettersSettings(corpus="own", words=OWN_WORDS)
    assert settings.private
    app = open_page("embeddings", lang="en", emb_corpus="own")
    assert not app.exception
    assert any("First names" in option for select in app.selectbox for option in select.options)
    assert "emb-own" not in app.query_params
    assert any("Recorded on" in caption.value for caption in app.caption), "the recorded names"


# ---- one-hot


def test_labels_are_equally_far() -> None:
    """Ten cells, one of them 1; every two labels √2 apart."""
    labels = np.stack([one_hot(label, 10) for label in range(10)])
    assert (labels.sum(axis=1) == 1).all()
    assert {round(float(np.linalg.norm(a - b)), 5) for a, b in combinations(labels, 2)} == {round(float(ROOT_TWO), 5)}


def test_one_term_is_left() -> None:
    """−Σ y ln p of a one-hot has nine terms that are 0, and equals −ln p of the right class."""
    chances = np.random.default_rng(0).dirichlet(np.ones(10))
    terms = -one_hot(9, 10) * np.log(chances)
    assert (terms == 0).sum() == 9
    assert terms.sum() == pytest.approx(-np.log(chances[9]))


def test_forty_inputs() -> None:
    """A character among 40 is a vector of 40 with a single 1."""
    alphabet = drawn_alphabet(learned_table()[0], 40)
    vector = one_hot(alphabet.index("e"), len(alphabet))
    assert vector.shape == (40,)
    assert (vector != 0).sum() == 1


def test_thirty_inputs() -> None:
    """Three characters: 120 inputs as one-hots of 40, 30 with embeddings of ten."""
    assert with_one_hot(40, 3, 200).inputs == 120
    assert with_embedding(40, 3, 10, 200).inputs == 30


def test_learned_or_random() -> None:
    """With ten numbers the rows drawn are the recorded network's; with another size none of them is."""
    characters, table = learned_table()
    np.testing.assert_array_equal(drawn_table(drawn_alphabet(characters, 40), 10)[:37], table)
    np.testing.assert_array_equal(table, letters(-1, "words"))
    other = drawn_table(drawn_alphabet(characters, 40), 9)
    assert not np.isin(other, table).any()


def test_contexts_multiply() -> None:
    """Each character more multiplies the contexts by the characters there are."""
    for size in (5, 37, 40):
        assert all(possible(size, n + 1) == size * possible(size, n) for n in range(1, 10))


def test_forty_by_forty() -> None:
    """A table of one character after another has 40 × 40 cells; each character of context makes it 40 times larger."""
    cells = [possible(40, n) * 40 for n in (1, 2, 3)]
    assert cells[0] == 40 * 40
    assert cells[1] / cells[0] == cells[2] / cells[1] == 40


def test_contexts_seen_fall_behind() -> None:
    """37, 767, 5,706, 21,250, 42,218: still growing, and an ever smaller share of those possible."""
    seen = verdict(load("words")).seen
    assert list(seen.values()) == [37, 767, 5_706, 21_250, 42_218]
    shares = [count / possible(37, n) for n, count in seen.items()]
    assert shares == sorted(shares, reverse=True)


def test_families_stay_together() -> None:
    """At each cut at most one beginning of four letters is on both sides; parler and parlait, with one, are on one."""
    begun = [{word[:FAMILY] for word in words} for words in WORDS.words.values()]
    assert FAMILY == 4
    assert all(len(a & b) <= 1 for a, b in pairwise(begun))
    assert not begun[0] & begun[2]
    assert len({split for split, words in WORDS.words.items() if {"parler", "parlait"} & set(words)}) == 1


def best_orders(name: str) -> dict[str, int]:
    """Return the order with the lowest validation loss, for each smoothing."""
    found = verdict(load(name)).losses
    return {smoothing: min(ORDERS, key=lambda n: found[n, smoothing]) for smoothing in SMOOTHINGS}


def test_counting_words() -> None:
    """Add-one is best at 3, the other two at 4; at 5 all three are worse than at 4."""
    assert best_orders("words") == {"add_one": 3, "witten_bell": 4, "kneser_ney": 4}
    found = verdict(load("words")).losses
    assert all(found[5, smoothing] > found[4, smoothing] for smoothing in SMOOTHINGS)


def test_counting_names() -> None:
    """With 1,031 names: 2, 3 and 4; never later than with the many words, for two of them sooner."""
    few, many = best_orders("names"), best_orders("words")
    assert len(load("names")) == 1_031
    assert few == {"add_one": 2, "witten_bell": 3, "kneser_ney": 4}
    assert [many[smoothing] - few[smoothing] for smoothing in SMOOTHINGS] == [1, 1, 0]


def test_lookup_is_a_row() -> None:
    """A one-hot times a table is its row, exactly: the learned table's and one drawn at random."""
    for table in (learned_table()[1], np.random.default_rng(0).standard_normal((37, 10)).astype(np.float32)):
        for row in range(len(table)):
            np.testing.assert_array_equal(one_hot(row, len(table)) @ table, table[row])


def test_lookup_is_timed() -> None:
    """The page shows two durations, of which neither is written down anywhere: they are taken as it opens."""
    taken = [lookup_seconds(learned_table()[1], 3) for _ in range(3)]
    assert all(0 < seconds < 1 for pair in taken for seconds in pair)
    assert len(set(taken)) > 1


def test_counter_shares_nothing() -> None:
    """Reading "car" a hundred times changes what a counter expects after "ca", and nothing after "co"."""
    read = corpus(("car", "coq"))
    codes = {character: code for code, character in enumerate(read.characters)}
    after = np.array([[codes["c"], codes["a"]], [codes["c"], codes["o"]]])
    contexts, targets = np.array([after[0], after[1]]), np.array([codes["r"], codes["q"]])
    often = np.array([0] * 100 + [1])
    once, hundred = (
        NGrams(contexts[which], targets[which], len(read.characters)).chances(after, 3, "add_one")
        for which in (np.array([0, 1]), often)
    )
    assert not np.array_equal(once[0], hundred[0])
    np.testing.assert_array_equal(once[1], hundred[1])


def test_table_has_no_zero() -> None:
    """None of the 370 learned numbers is zero."""
    assert learned_table()[1].size == 370
    assert (learned_table()[1] != 0).all()


def test_one_hots_are_equally_far() -> None:
    """Every two of 37 one-hots are √2 = 1.414 apart."""
    apart = distances(np.eye(37, dtype=np.float32))[np.triu_indices(37, 1)]
    np.testing.assert_allclose(apart, ROOT_TWO, rtol=1e-6)
    assert round(float(ROOT_TWO), 3) == 1.414


def test_learned_distances_differ() -> None:
    """In the learned table the farthest pair is three times farther apart than the nearest, or more."""
    apart = distances(learned_table()[1])[np.triu_indices(37, 1)]
    assert apart.max() >= 3 * apart.min()


def test_one_hot_in_numbers() -> None:
    """37 or 10 numbers a character, 111 or 30 inputs for three of them, √2 or whatever was learned."""
    assert len(WORDS.characters) == 37
    assert (PRESETS["words"].context, PRESETS["words"].embedding) == (3, 10)
    assert (with_one_hot(37, 3, 200).inputs, with_embedding(37, 3, 10, 200).inputs) == (111, 30)


def test_how_words_are_cut() -> None:
    """A tenth for validation and a tenth for test, 2,000 at most each; the rest is for training."""
    for name, held in (("words", 2_000), ("names", 103)):
        sizes = {split: len(words) for split, words in corpus(load(name)).words.items()}
        assert sizes["validation"] == sizes["test"] == held == min(len(load(name)) // 10, 2_000)
        assert sum(sizes.values()) == len(load(name))


def test_chance_is_ln_v() -> None:
    """Ln 37 = 3.611, where the recorded network begins, within 0.01."""
    assert round(float(np.log(37)), 3) == 3.611
    assert shipped.losses("words")[0] == pytest.approx(np.log(37), abs=0.01)


def test_pca_formula() -> None:
    """Places and shares are those of the singular values; the same points at the next moment never flip."""
    points = letters(-1, "words")
    axes = principal_axes(points)
    u, s, _vt = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(np.abs(axes.project(points)), np.abs(u[:, :2] * s[:2]), atol=1e-3)
    assert axes.explained.sum() == pytest.approx((s[:2] ** 2).sum() / (s**2).sum(), rel=1e-4)
    drawn, _kept = along([points, points], own=True)
    np.testing.assert_allclose(drawn[0], drawn[1], atol=1e-4)


# ---- words


def arrows(family: str) -> tuple[float, float]:
    """Return the mean cosine of a family's arrows in all dimensions, and on their picture."""
    words = french_words()
    points = words.vectors[[words.row(word) for pair in FAMILIES[family] for word in pair]]
    flat = principal_axes(points).project(points)
    both = [[places[k + 1] - places[k] for k in range(0, len(places), 2)] for places in (points, flat)]
    return shipped.mean_cosine(both[0]), shipped.mean_cosine(both[1])


def test_gender_arrows() -> None:
    """Eight arrows whose cosine on the picture is above 0.8."""
    assert len(FAMILIES["gender"]) == 8
    assert arrows("gender")[1] > 0.8


def test_tense_arrows() -> None:
    """The infinitives' arrows are the most parallel, in all dimensions and on the pictures."""
    found = {family: arrows(family) for family in PICTURES}
    assert all(max(found, key=lambda family: found[family][space]) == "tense" for space in (0, 1))


def test_capitals_arrows() -> None:
    """Above 0.9 on the picture, yet more than a third of the answers are wrong: Bologne, Milan, Barcelone are given."""
    assert arrows("capitals")[1] > 0.9
    answers = measured(french_words())["capitals"]
    assert rate(answers) < 2 / 3
    assert {"Bologne", "Milan", "Barcelone"} <= {answer.said for answer in answers if not answer.right}


def test_full_space() -> None:
    """An analogy's cosine is that of all 300 numbers, computed here by hand."""
    words = french_words()
    units = {word: words.vectors[words.row(word)] / words.lengths[words.row(word)] for word in
             ("homme", "roi", "femme", "reine")}  # fmt: skip
    target = units["roi"] - units["homme"] + units["femme"]
    assert target.shape == (300,)
    cosine = float(target @ units["reine"] / np.linalg.norm(target))
    word, said = words.analogy("homme", "roi", "femme")[0]
    assert (word, round(said, 3)) == ("reine", round(cosine, 3))


def test_own_words_win() -> None:
    """Of the right answers of the four families, one in three is beaten by a word of the question."""
    answers = [answer for family in measured(french_words()).values() for answer in family]
    right = [answer for answer in answers if answer.right]
    lost = [answer for answer in right if answer.said_with_own in (answer.a, answer.b, answer.c)]
    assert len(measured(french_words())) == 4
    assert len(lost) / len(right) == pytest.approx(1 / 3, abs=0.02)


def test_measured_rates() -> None:
    """What the page fills in: all analogies of the families, and both rates."""
    app = open_page("embeddings", lang="en", emb_part="words")
    answers = [answer for family in measured(french_words()).values() for answer in family]
    said = next(block.value for block in app.markdown if "get the expected answer" in block.value)
    for number in (str(len(answers)), f"{rate(answers):.0%}", f"{rate(answers, own=True):.0%}"):
        assert number in said


def test_map_neighbours() -> None:
    """5,000 words; the lit ones have the ten largest cosines in 300 dimensions, the empty ones are none of those."""
    words = french_words()
    assert (FREQUENT, NEAR, words.vectors.shape[1]) == (5_000, 10, 300)
    for asked in ("fromage", "roi"):
        row = words.row(asked)
        _chosen, near, misleading = around(words, row)
        cosines = words.cosines(words.units([row])[0])
        order = [words.words[k] for k in np.argsort(-cosines) if k != row][:10]
        assert [item.word for item in near] == order
        assert not set(misleading) & set(order)
        assert set(misleading) <= set(flat_neighbours(words, row, 10))


def test_map_is_poor() -> None:
    """Of the ten that are nearest on the map, less than one is a true neighbour, over the 200 most frequent words."""
    words = french_words()
    assert np.mean([NEAR - len(around(words, row)[2]) for row in range(200)]) < 1


def test_near_is_not_near() -> None:
    """300 dimensions, two drawn; est and pousse are each other's nearest on the map, less than 1/1,000 of it apart."""
    words, flat = french_words(), places(french_words())
    assert words.vectors.shape[1] - 2 == 298
    assert flat_neighbours(words, words.row("est"), 1) == ["pousse"]
    apart = np.linalg.norm(flat[words.row("est")] - flat[words.row("pousse")])
    assert apart < np.ptp(flat[:FREQUENT], axis=0).max() / 1_000
    assert float(words.units([words.row("est")])[0] @ words.units([words.row("pousse")])[0]) < 0.3


def test_ends_of_axes() -> None:
    """The words at the ends of an axis are among the 5,000 first, and no other of those lies beyond."""
    words = french_words()
    low, high = ends(words, 0)
    along_it = (words.vectors[:5_000] - words.axes.mean) @ words.axes.components[0]
    assert [words.words[k] for k in np.argsort(along_it)[:ENDS]] == low
    assert [words.words[k] for k in np.argsort(-along_it)[:ENDS]] == high


def test_doctor_both_answers() -> None:
    """Homme : médecin :: femme : infirmière (0.64) with the rule, médecin (0.77) without; the page says both."""
    words = french_words()
    for own, said in ((False, ("infirmière", 0.64)), (True, ("médecin", 0.77))):
        word, cosine = words.analogy("homme", "médecin", "femme", own=own)[0]
        assert (word, round(cosine, 2)) == said
    app = open_page("embeddings", lang="en", emb_part="words", emb_view="bias")
    assert any("infirmière (0.64)" in block.value and "médecin (0.77)" in block.value for block in app.markdown)


def test_doctor_reverse() -> None:
    """Femme : médecin :: homme : praticien (0.65) with the rule, médecin without; the page says both."""
    words = french_words()
    word, cosine = words.analogy("femme", "médecin", "homme")[0]
    assert (word, round(cosine, 2)) == ("praticien", 0.65)
    assert words.analogy("femme", "médecin", "homme", own=True)[0][0] == "médecin"
    app = open_page("embeddings", lang="en", emb_part="words", emb_view="bias")
    assert any("praticien (0.65)" in block.value for block in app.markdown)


def sides() -> dict[str, dict[str, float]]:
    """Return where the professions stand on each axis, by its first word."""
    words = french_words()
    return {a: dict(professions.projections(words, a, b, professions.PROFESSIONS)) for a, b in professions.AXES.items()}


def test_professions_rule() -> None:
    """24 professions, each a word of its own; a number is the cosine with the difference of the axis' two words."""
    words = french_words()
    assert len(set(professions.PROFESSIONS)) == 24
    difference = words.vectors[words.row("femme")] - words.vectors[words.row("homme")]
    juge = words.vectors[words.row("juge")]
    cosine = float(juge @ difference / np.linalg.norm(juge) / np.linalg.norm(difference))
    assert sides()["homme"]["juge"] == pytest.approx(cosine, abs=1e-4)


def test_axis_decides() -> None:
    """From homme to femme 23 of 24 lean to homme; from garçon to fille 22 of 24 lean to fille."""
    assert sum(value < 0 for value in sides()["homme"].values()) == 23
    assert sum(value > 0 for value in sides()["garçon"].values()) == 22


def test_axis_is_grammar() -> None:
    """Actrice stands farther from acteur than any two of the professions from each other."""
    words = french_words()
    found = dict(professions.projections(words, "homme", "femme", professions.GRAMMAR))
    values = sides()["homme"].values()
    assert found["actrice"] - found["acteur"] > max(values) - min(values)


def test_axis_order_agrees() -> None:
    """On all four axes secrétaire is nearer to the second word than pilote and than capitaine."""
    found = sides()
    assert len(found) == 4
    for values in found.values():
        assert values["secrétaire"] > max(values["pilote"], values["capitaine"])
