"""One-hot and embeddings: oracles of the projection, of the network, of counting; and every bad day of the page."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from core.embeddings import analogies, ngrams, words
from core.embeddings.one_hot import (
    comparison,
    distances,
    lookup_seconds,
    one_hot,
    possible,
    table_bytes,
    with_embedding,
)
from core.embeddings.presets import PRESETS
from core.embeddings.shown_code import torch_source
from core.pca import Axes, along, principal_axes
from core.runs.live import Runs
from core.runs.record import record
from core.runs.store import RunStore
from core.tasks.letters import corpus as letters_corpus
from core.tasks.letters.corpus import clean, corpus, load
from core.tasks.letters.in_numpy import next_chances, probabilities, sample
from core.tasks.letters.settings import LettersSettings, parameters
from core.tasks.letters.task import Bengio, Letters
from core.tasks.registry import frames
from core.training.settings import SettingsError
from tests.helpers import open_page, until

SMALL = LettersSettings(corpus="names", updates=60, hidden=20, embedding=4)
OWN = tuple(word for word in load("names")[:60] if word.isalpha())


def execute(source: str) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(compile(source, "shown code", "exec"), names)
    return names


# The network


def test_the_courses_network_has_14007_parameters() -> None:
    """37 characters, context 3, embedding 10, 200 units: the course's count, by formula and by PyTorch's own."""
    characters = corpus(load("words")).characters
    assert len(characters) == 37
    formula = parameters(len(characters), 3, 10, 200)
    model = Bengio(len(characters), PRESETS["words"], torch.Generator().manual_seed(1))
    assert sum(formula.values()) == sum(p.nelement() for p in model.parameters()) == 14_007


@pytest.mark.parametrize("start", ["scaled", "course"])
def test_frames_equal_a_plain_transcription_of_the_courses_loop(start: str) -> None:
    """C[X], view, two products, cross_entropy, `p.data -= lr * p.grad`: the same generator gives the same losses."""
    settings = replace(SMALL, start=start)
    task = Letters(settings)
    (x, y), (x_dev, y_dev) = ((s.inputs, s.targets) for s in (task.splits["train"], task.splits["validation"]))
    g = torch.Generator().manual_seed(settings.seed)
    size = len(task.corpus.characters)
    scaled = start == "scaled"
    C = torch.randn((size, 4), generator=g)
    W1 = torch.randn((12, 20), generator=g) * ((5 / 3) / 12**0.5 if scaled else 1)
    b1 = torch.randn(20, generator=g) * (0 if scaled else 1)
    W2 = torch.randn((20, size), generator=g) * (0.01 if scaled else 1)
    b2 = torch.randn(size, generator=g) * (0 if scaled else 1)
    weights = [C, W1, b1, W2, b2]
    for p in weights:
        p.requires_grad = True

    def network(inputs: torch.Tensor) -> torch.Tensor:
        return torch.tanh(C[inputs].view(-1, 12) @ W1 + b1) @ W2 + b2

    order = torch.randperm(len(x), generator=g).split(settings.batch_size)
    losses = {0: F.cross_entropy(network(x_dev), y_dev).item()}
    for update in range(settings.updates):
        loss = F.cross_entropy(network(x[order[update]]), y[order[update]])
        for p in weights:
            p.grad = None
        loss.backward()
        for p in weights:
            p.data -= (0.1 if update < settings.updates // 2 else 0.01) * p.grad
        losses[update + 1] = F.cross_entropy(network(x_dev), y_dev).item()
    found = {frame.update: frame.metrics["validation_loss"] for frame in frames(settings) if frame.measured}
    assert len(found) > 20
    for update, loss in found.items():
        assert loss == pytest.approx(losses[update], abs=2e-5), update


@pytest.mark.parametrize(
    "settings",
    [SMALL, replace(SMALL, optimizer="adam", learning_rate=0.01, context=2), replace(SMALL, start="course", seed=7),
     replace(SMALL, optimizer="momentum", step="constant", learning_rate=0.05),
     replace(SMALL, embedding=1, context=1)],
)  # fmt: skip
def test_the_code_shown_gives_the_runs_numbers(
    settings: LettersSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The code tab, executed beside its list of words, ends at the run's validation loss and the run's letters."""
    os.symlink(letters_corpus.FILES["names"], tmp_path / "first_names_fr.txt")
    monkeypatch.chdir(tmp_path)
    names = execute(torch_source(settings))
    last = [frame for frame in frames(settings) if frame.measured][-1]
    assert names["validation_loss"] == pytest.approx(last.metrics["validation_loss"], abs=2e-5)
    table: torch.Tensor = names["C"]  # type: ignore[assignment]
    np.testing.assert_allclose(table.detach().numpy(), last.arrays["letters"].astype(np.float32), atol=4e-3)
    assert len(capsys.readouterr().out.splitlines()) == 12  # parameters, loss, ten words


def test_the_code_of_an_own_list_holds_the_words_and_runs() -> None:
    """Nothing to download: the student's words are in the code."""
    source = torch_source(replace(SMALL, corpus="own", words=OWN))
    assert OWN[0] in source
    assert execute(source)["validation_loss"]


def test_numpy_thinks_what_torch_thinks() -> None:
    """The page's probabilities are those of the network that was trained."""
    task = Letters(SMALL)
    model = task.model(torch.Generator().manual_seed(3))
    contexts = task.splits["test"].inputs[:50]
    expected = F.softmax(model(contexts), dim=1).detach().numpy()
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    np.testing.assert_allclose(probabilities(weights, contexts.numpy()), expected, atol=1e-6)
    np.testing.assert_allclose(next_chances(weights, contexts[0].tolist(), 3), expected[0], atol=1e-6)


def test_equal_settings_give_equal_words_and_diverged_weights_give_some_too() -> None:
    """Inventing words is repeatable; a network full of not-a-number invents without failing."""
    run = record(SMALL)
    arrays = run.measured[-1].arrays
    weights = {name.removeprefix("weights/"): arrays[name] for name in arrays if name.startswith("weights/")}
    np.testing.assert_array_equal(sample(weights, 3, 1), run.measured[-1].arrays["invented"])
    broken = {name: np.full_like(array, np.nan) for name, array in weights.items()}
    assert sample(broken, 3, 1).shape == (10, 16)


def test_a_rate_of_a_hundredfold_ends_as_diverged_or_finite_with_its_frames() -> None:
    """Whatever the rate does, the run ends and can be stored and read again."""
    from core.runs.run import from_bytes

    run = record(replace(SMALL, learning_rate=10.0, optimizer="momentum", start="course"))
    assert run.status in {"finished", "diverged"}
    assert len(from_bytes(run.to_bytes()).measured) == len(run.measured)


def test_an_embedding_of_size_one_trains_and_is_drawn() -> None:
    """One number a letter: coordinates on one line, the whole variance shown."""
    run = record(replace(SMALL, embedding=1))
    coordinates, kept = along([frame.arrays["letters"].astype(np.float32) for frame in run.measured])
    assert coordinates[-1].shape == (35, 2)
    assert not coordinates[-1][:, 1].any()
    assert kept[-1] == 1.0


# The recorded runs


def recorded(preset: str) -> float:
    run = RunStore(url="/nowhere").find(PRESETS[preset])
    assert run is not None, preset
    assert run.recorded
    loss: float = run.measured[-1].metrics["validation_loss"]
    return loss


@pytest.mark.parametrize("preset", ["words", "best"])
def test_on_words_the_recorded_network_is_below_every_n_gram(preset: str) -> None:
    """The course's network, and one with more context, end below the best smoothed n-gram of n = 1 … 5."""
    assert recorded(preset) < min(ngrams.verdict(load("words")).losses.values())


def test_on_names_counting_wins_as_the_lesson_says() -> None:
    """1,031 names are too few: the recorded network ends above the best n-gram, which is a 4-gram."""
    counted = ngrams.verdict(load("names"))
    assert recorded("names") > counted.losses[counted.best]
    assert counted.best[0] == 4


def test_the_record_of_counting_is_what_counting_gives() -> None:
    """The verdict shipped for the names equals the one counted now."""
    counted, shipped = ngrams.count(load("names")), ngrams.verdict(load("names"))
    assert shipped.losses == pytest.approx(counted.losses)
    assert shipped.seen == counted.seen


def test_the_mission_is_not_won_by_opening_the_page() -> None:
    """The recorded network beats counting, in a hundred times more updates than the mission allows."""
    from components.embeddings.letters import beats_counting

    run = RunStore(url="/nowhere").find(PRESETS["words"])
    assert run is not None
    assert not beats_counting(run)
    quick = replace(run.settings, updates=2_000)
    assert beats_counting(replace(run, settings=quick))


def test_near_words_are_written_on_different_sides_of_their_points() -> None:
    """Two words at one place, far from a third: each has a side of its own."""
    from components.embeddings.words import label_sides

    sides = label_sides({"roi": [0.0, 0.0], "reine": [0.0, 0.01], "table": [1.0, 1.0]})
    assert sides["roi"] != sides["reine"]
    assert sides["table"] == "top center"


def test_families_of_words_stay_on_one_side() -> None:
    """No more than one family of four letters at each cut has words on both sides."""
    for name in ("names", "words"):
        cut = corpus(load(name))
        beginnings = {split: {word[:4] for word in words_of} for split, words_of in cut.words.items()}
        assert len(beginnings["train"] & beginnings["validation"]) <= 1
        assert len(beginnings["validation"] & beginnings["test"]) <= 1
        assert sorted(word for words_of in cut.words.values() for word in words_of) == sorted(load(name))


def test_vowels_find_each_other_in_the_recorded_run() -> None:
    """A claim of the page: in the end a plain vowel's nearest letter is a vowel far more often than at the start."""
    run = RunStore(url="/nowhere").find(PRESETS["words"])
    assert run is not None
    characters = corpus(load("words")).characters
    vowels = [characters.index(letter) for letter in "aeiouyéèêâàîïôû"]

    def faithful(table: np.ndarray) -> int:
        found = distances(table.astype(np.float32)) + 1e9 * np.eye(len(table), dtype=np.float32)
        return sum(int(found[v].argmin()) in vowels for v in vowels)

    first, last = (run.measured[k].arrays["letters"] for k in (0, -1))
    assert faithful(last) >= 12 > faithful(first)


@pytest.mark.parametrize("preset", ["words", "best"])
def test_on_french_words_the_recorded_network_beats_every_n_gram(preset: str) -> None:
    """Below the best of five orders and three smoothings, on the same validation words."""
    counted = ngrams.verdict(load("words"))
    assert recorded(preset) < min(counted.losses.values()) == counted.losses[counted.best]


def test_on_the_few_first_names_counting_wins_as_the_lesson_says() -> None:
    """The page explains it: 1,031 names are too few for the network."""
    assert recorded("names") > min(ngrams.verdict(load("names")).losses.values())


def test_the_first_loss_of_the_recorded_words_is_chance() -> None:
    """Scaled weights begin by believing nothing: ln 37; the course's own first weights begin eight times above."""
    run = RunStore(url="/nowhere").find(PRESETS["words"])
    assert run is not None
    assert run.measured[0].metrics["validation_loss"] == pytest.approx(np.log(37), abs=0.02)
    bad = next(iter(frames(PRESETS["course_start"]))).metrics["validation_loss"]
    assert 7.5 < bad / np.log(37) < 8.5


# Counting


def test_families_of_words_stay_on_one_side_of_the_cut() -> None:
    """No first four letters are in two splits, but for the two families the cut goes through."""
    for name in letters_corpus.FILES:
        cut = corpus(load(name))
        beginnings = {split: {word[:4] for word in cut.words[split]} for split in letters_corpus.SPLITS}
        assert len(beginnings["train"] & beginnings["validation"]) <= 1
        assert len(beginnings["validation"] & beginnings["test"]) <= 1
        assert not beginnings["train"] & beginnings["test"]
        assert sum(map(len, cut.words.values())) == len(load(name))


def test_the_recorded_counts_are_what_counting_gives() -> None:
    """The record of the first names, counted again; that of the words is there."""
    again, shipped = ngrams.count(load("names")), ngrams.verdict(load("names"))
    assert shipped.seen == again.seen
    for model, loss in again.losses.items():
        assert shipped.losses[model] == pytest.approx(loss)
    assert len(json.loads(ngrams.RECORD.read_text())) == 2


@pytest.mark.parametrize("smoothing", ngrams.SMOOTHINGS)
@pytest.mark.parametrize("order", ngrams.ORDERS)
def test_n_gram_probabilities_sum_to_one(order: int, smoothing: str) -> None:
    """On contexts seen and never seen, of every order and smoothing."""
    cut = corpus(load("names"))
    model = ngrams.fitted(cut)
    contexts = np.random.default_rng(0).integers(0, len(cut.characters), (40, 4))
    contexts = np.concatenate([contexts, cut.examples("train", 4)[0][:40]])
    chances = model.chances(contexts, order, smoothing)
    assert (chances >= 0).all()
    np.testing.assert_allclose(chances.sum(axis=1), 1, atol=1e-9)


def test_counts_equal_a_dictionary_of_python() -> None:
    """Add-one of order 3, counted again by hand with a dictionary."""
    cut = corpus(load("names"))
    model = ngrams.fitted(cut)
    counted: dict[tuple[int, ...], np.ndarray] = {}
    for word in cut.words["train"]:
        codes = [0, 0, *cut.codes(word), 0]
        for k in range(2, len(codes)):
            counted.setdefault(tuple(codes[k - 2 : k]), np.zeros(len(cut.characters)))[codes[k]] += 1
    for context, counts in list(counted.items())[::29]:
        found = model.chances(np.array([[0, 0, *context]]), 3, "add_one")[0]
        np.testing.assert_allclose(found, (counts + 1) / (counts + 1).sum())


def test_kneser_ney_counts_companions_below_the_top() -> None:
    """Order 2: discounted counts, and the letters' chances by how many different letters come before them."""
    cut = corpus(("ab", "ab", "ab", "cb", "ba", "ca", "da", "ac", "bc", "cc", "ba", "ca"))
    model = ngrams.fitted(cut)
    size = len(cut.characters)
    pairs = [(a, b) for w in cut.words["train"] for a, b in zip("." + w, w + ".", strict=True)]
    continuation = np.zeros(size)
    for _before, after in set(pairs):
        continuation[cut.characters.index(after)] += 1
    kinds = (continuation > 0).sum()
    lower = (np.maximum(continuation - 0.75, 0) + 0.75 * kinds / size) / continuation.sum()
    code = cut.characters.index("a")
    counts = np.bincount([cut.characters.index(b) for a, b in pairs if a == "a"], minlength=size)
    expected = (np.maximum(counts - 0.75, 0) + 0.75 * (counts > 0).sum() * lower) / counts.sum()
    np.testing.assert_allclose(model.chances(np.array([[0, 0, 0, code]]), 2, "kneser_ney")[0], expected)


def test_the_loss_of_counting_is_the_mean_of_minus_log() -> None:
    """Grouping equal contexts changes nothing."""
    cut = corpus(load("names"))
    model = ngrams.fitted(cut)
    contexts, targets = cut.examples("validation", 4)
    direct = -np.log(model.chances(contexts, 4, "witten_bell")[np.arange(len(targets)), targets]).mean()
    assert model.loss(contexts, targets, 4, "witten_bell") == pytest.approx(direct)


# One-hot


def test_the_curse_is_the_courses() -> None:
    """40 characters: 1,600 pairs, 64,000 triples, 40^10 ≈ 1.05e16; a table costs V times as many cells of 4 bytes."""
    assert [possible(40, n) for n in (1, 2, 3)] == [40, 1_600, 64_000]
    assert possible(40, 10) == pytest.approx(1.05e16, rel=0.01)
    assert table_bytes(40, 3) == 64_000 * 40 * 4
    assert comparison(table_bytes(40, 10))[0] == "datacentre"
    assert with_embedding(37, 3, 10, 200).parameters == 370 + 6_200


@given(st.integers(2, 40), st.integers(1, 16), st.data())
@example_settings(max_examples=30, deadline=None)
def test_a_one_hot_times_a_table_is_a_row(size: int, dimensions: int, data: st.DataObject) -> None:
    """Exactly, for every letter; and every two one-hots are √2 apart."""
    table = np.random.default_rng(size).standard_normal((size, dimensions)).astype(np.float32)
    index = data.draw(st.integers(0, size - 1))
    np.testing.assert_array_equal(one_hot(index, size) @ table, table[index])
    apart = distances(np.eye(size, dtype=np.float32))[np.triu_indices(size, 1)]
    np.testing.assert_allclose(apart, np.sqrt(2), rtol=1e-6)


def test_both_ways_of_the_lookup_are_timed() -> None:
    """Two positive durations."""
    assert min(lookup_seconds(np.eye(37, 10, dtype=np.float32), 3, repeats=10)) > 0


# Principal components


@pytest.mark.parametrize(("rows", "dimensions"), [(37, 10), (5, 300), (3_000, 20), (16, 300), (2, 2)])
def test_axes_equal_an_svd_and_scikit_learn(rows: int, dimensions: int) -> None:
    """Projection and explained shares of NumPy's singular values, up to the sign of an axis; scikit-learn's too."""
    from sklearn.decomposition import PCA

    points = np.random.default_rng(rows).standard_normal((rows, dimensions)).astype(np.float32)
    points *= np.linspace(3, 0.5, dimensions, dtype=np.float32)
    axes = principal_axes(points)
    found = min(2, rows - 1, dimensions)  # the last axis of `rows` points explains nothing
    u, s, _v = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(axes.explained[:found], (s**2 / (s**2).sum())[:found], rtol=1e-3)
    mine = axes.project(points)[:, :found]
    np.testing.assert_allclose(np.abs(mine), np.abs((u * s)[:, :found]), atol=2e-3)
    theirs = PCA(2).fit_transform(points)[:, :found] if min(rows, dimensions) >= 2 else mine
    np.testing.assert_allclose(np.abs(mine), np.abs(theirs), atol=2e-3)
    assert axes.kept(points) == pytest.approx(float(axes.explained.sum()), abs=1e-3)


def test_the_picture_never_flips_from_frame_to_frame() -> None:
    """With each frame its own axes, a slowly moving cloud keeps its letters on the same side."""
    generator = np.random.default_rng(4)
    last = generator.standard_normal((37, 10)).astype(np.float32) * np.linspace(4, 1, 10, dtype=np.float32)
    way = generator.standard_normal((37, 10))
    moments = [(last + 0.05 * k * way).astype(np.float32) for k in range(20)][::-1]
    for own in (False, True):
        coordinates, _kept = along(moments, own=own)
        for before, after in pairwise(coordinates):
            assert all(np.corrcoef(before[:, axis], after[:, axis])[0, 1] > 0.9 for axis in (0, 1))


def test_points_that_do_not_spread_or_are_no_numbers_have_no_axes() -> None:
    """Equal points, not-a-number, no points: zeros, no exception."""
    for points in (np.ones((5, 4)), np.full((5, 4), np.nan), np.zeros((0, 4)), np.ones((1, 4))):
        axes = principal_axes(points.astype(np.float32))
        assert not axes.components.any()
        assert not axes.explained.any()


# The student's own list


@pytest.mark.parametrize("given_text", ["", "   ", "seul", "🎉" * 200, "12 34 !!", "<b></b>"])
def test_a_list_that_is_empty_or_too_short_is_refused_by_name(given_text: str) -> None:
    """Empty, one word, emoji, digits, tags: a refusal that says how many words are needed."""
    with pytest.raises(SettingsError) as refusal:
        LettersSettings(corpus="own", words=clean(given_text))
    assert refusal.value.name == "words"


def test_ten_megabytes_are_cut_at_once() -> None:
    """No more than 5,000 words of 30 letters and 60 different characters, whatever is pasted."""
    found = clean("abcdefghij " * 900_000 + "z")
    assert found[0] == "abcdefghij"
    assert len(found) <= 2  # the cut goes through a word
    many = clean(
        "\n".join(f"{chr(97 + k % 26)}{chr(97 + k // 26 % 26)}{chr(97 + k // 676 % 26)}x" for k in range(9_000))
    )
    assert len(many) == letters_corpus.OWN_WORDS
    exotic = clean(" ".join(chr(0x4E00 + k) for k in range(500)))
    assert len(exotic) == letters_corpus.OWN_CHARACTERS
    assert max(map(len, clean("a" * 10_000))) == letters_corpus.OWN_LENGTH


def test_right_to_left_markup_and_duplicates_become_plain_words() -> None:
    """Arabic and Hebrew letters stay, marks of direction and tags go, each word counts once."""
    assert clean("سلام \u202eשלום\u202c") == ("سلام", "שלום")
    assert clean("<script>alert('x')</script> Été été ÉTÉ") == ("script", "alert", "x", "été")
    words_typed = " ".join(f"كلمة{letter}" for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
    run = record(replace(SMALL, corpus="own", words=clean(words_typed), updates=10))
    assert run.status == "finished"


@given(st.text(max_size=300))
@example_settings(max_examples=200, deadline=None)
def test_cleaning_is_stable_and_never_fails(text: str) -> None:
    """Any text; cleaning twice is cleaning once; no full stop, the end's own character, gets in."""
    found = clean(text)
    assert clean(found) == found
    assert "." not in "".join(found)


def test_an_own_list_is_never_written_to_disk(cluster: None, tmp_path: Path) -> None:
    """The run of a student's words is trained and found again, and the store's folder stays empty."""
    runs = Runs(RunStore(url=str(tmp_path)))
    settings = replace(SMALL, corpus="own", words=OWN, updates=20)
    live = runs.start(settings, "someone")
    until(lambda: live.over)
    assert live.status == "finished"
    assert runs.find(settings) is not None
    assert not list(tmp_path.rglob("*"))


# Words


def few_words() -> words.Words:
    """Return a small vocabulary in which king − man + woman is queen, and king is nearer still."""
    spelled = ("homme", "femme", "roi", "reine", "Paris", "pomme", "poire")
    vectors = np.array([[1, 0, 0], [1, 0.5, 0], [1, 0, 5], [1, 9, 5], [-3, 0, 0], [0, -2, 1], [0, -2, 1.2]], np.float32)
    return words.Words(spelled, vectors, principal_axes(vectors))


def test_an_analogy_leaves_out_the_questions_words_unless_asked() -> None:
    """Roi − homme + femme = reine; with its own words allowed the answer is roi itself."""
    small = few_words()
    assert small.analogy("homme", "roi", "femme")[0][0] == "reine"
    assert small.analogy("homme", "roi", "femme", own=True)[0][0] == "roi"


@pytest.mark.parametrize(("typed", "near"), [("fromme", "femme"), ("reina", "reine"), ("🙂", None), ("", None)])
def test_an_unknown_word_names_the_nearest_spellings(typed: str, near: str | None) -> None:
    """A mistake in spelling offers the word; an emoji offers nothing and does not fail."""
    with pytest.raises(words.UnknownWord) as unknown:
        few_words().row(typed)
    assert near in unknown.value.nearest if near else not unknown.value.nearest


def test_another_case_finds_the_word() -> None:
    """`paris` is Paris, `ROI` is roi."""
    small = few_words()
    assert small.words[small.row("paris")] == "Paris"
    assert small.words[small.row("ROI")] == "roi"


def test_a_hundred_analogies_in_four_families() -> None:
    """At least 100, four families, no question twice, and never its answer among its words."""
    asked = [question for family in analogies.FAMILIES for question in analogies.questions(family)]
    assert len(analogies.FAMILIES) == 4
    assert len(asked) == len(set(asked)) >= 100
    assert all(d not in (a, b, c) for a, b, c, d in asked)


def test_pairs_and_words_are_read_once_each() -> None:
    """A typed list with duplicates, commas, arrows and emptiness."""
    from components.embeddings.words import parse, rows_of

    pairs, single = parse("roi-reine, roi-reine pomme pomme;poire → - -- ")
    assert pairs == [("roi", "reine")]
    assert single[:2] == ["pomme", "poire"]
    rows, unknown = rows_of(few_words(), ["pomme", "pomme", "xyz"])
    assert list(rows) == ["pomme"]
    assert [item.word for item in unknown] == ["xyz"]


# The page


def test_an_own_list_that_is_too_short_is_said_on_the_page() -> None:
    """Empty at first: a sentence instead of a picture, and the rest of the page."""
    app = open_page("embeddings", lang="en", emb_corpus="own")
    assert not app.exception
    assert any("at least 20" in warning.value for warning in app.warning)


def test_the_map_holds_every_frame() -> None:
    """What the browser draws of a run: as many places, losses and lists as measured frames; ten words each."""
    from core.embeddings.map_data import map_data

    run = record(SMALL)
    data = map_data(run, own_axes=True, prefix="ch🙂<")
    count = len(run.measured)
    assert {len(data[name]) for name in ("frames", "invented", "chances", "kept")} == {count}
    assert all(len(invented) == 10 for invented in data["invented"])
    known = set(corpus(load("names")).words["train"])
    assert all(mark == (word in known) for invented in data["invented"] for word, mark in invented)
    np.testing.assert_allclose([sum(chances) for chances in data["chances"]], 1, atol=1e-3)


def test_axes_of_no_variance_keep_nothing() -> None:
    """A cloud of one point has no variance to keep."""
    assert Axes(np.zeros(3), np.eye(3)[:2], np.zeros(2)).kept(np.ones((4, 3), np.float32)) == 0.0
