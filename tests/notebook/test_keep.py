"""What a page says of its experiment: the row that the browser hears of, and when it is worth one."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.notebook.experiment import identity
from tests.helpers import open_page, small_app
from tests.notebook.kept import kept, notes


def page() -> None:
    """A page with two parts, each with rows of its own; the second stands in a fragment."""
    import streamlit as st

    from components import controls
    from components.notebook import keep as notebook
    from core.notebook.experiment import Figure

    @st.fragment
    def lab() -> None:
        cost = controls.slider("Cost", 0, 9, 3, key="lab_cost")
        notebook.keep("gpu", ["lab_cost", "lab_gone"], {"cost": Figure("Cost", cost)}, part="lab")

    controls.begin_page()
    notebook.begin_page("gpu")
    controls.slider("Seed", 1, 9, 1, key="x_seed")
    controls.toggle("Log scale", False, key="x_log")
    news = "run 7" if st.button("Train") else ""
    if st.button("Preset"):
        notebook.moment()
    if st.button("Predict"):
        notebook.predicted("gpu", "Which?", "This one", right=False)
    notebook.keep("gpu", ["x_seed"], {"error": Figure("Error", float("nan"), "%")}, seed="x_seed", news=news)
    lab()
    notebook.keeper("gpu")


def counts(app: AppTest) -> list[tuple[Any, ...]]:
    """Return of each part what was done, and whether a guess belongs to it."""
    return [(each["moment"], each["done"], each["row"]["prediction"] is not None) for each in notes(app)]


def test_a_row_holds_what_decides_it_and_nothing_else() -> None:
    """Its settings, those that were moved, their labels, the seed's name; how it is drawn is no setting of it."""
    app = small_app(page).run()
    app.slider(key="x_seed").set_value(4).run()
    app.toggle(key="x_log").set_value(True).run()
    rows = kept(app)
    assert rows[""].settings == {"x_seed": "4"}
    assert (rows[""].moved, rows[""].seed, rows[""].labels) == (("x_seed",), "x_seed", {"x_seed": "Seed"})
    assert rows[""].id == identity("gpu", "", {"x_seed": "4"})
    assert rows["lab"].settings == {"lab_cost": "3"}
    assert (rows["lab"].moved, rows["lab"].seed) == ((), "")
    assert rows["lab"].id != rows[""].id


def test_a_fragment_tells_of_itself_alone() -> None:
    """What moves in a fragment is told without a run of the page."""
    app = small_app(page).run()
    app.slider(key="lab_cost").set_value(5).run()
    assert kept(app)["lab"].settings == {"lab_cost": "5"}


def test_what_was_done_is_counted_once() -> None:
    """A training that ends counts for its part, the first time; a preset for all; a guess for the main picture, now."""
    app = small_app(page).run()
    assert counts(app) == [(0, 0, False), (0, 0, False)]
    for _again in range(2):
        app.button[0].click().run()
        assert counts(app) == [(0, 1, False), (0, 0, False)]
    app.button[1].click().run()
    assert counts(app) == [(1, 1, False), (1, 0, False)]
    app.button[2].click().run()
    assert counts(app) == [(1, 2, True), (1, 0, False)]
    assert kept(app)[""].prediction is not None
    app.button[1].click().run()
    assert counts(app) == [(2, 2, True), (2, 0, False)]


@pytest.mark.parametrize("stem", ["train_val_test", "tokens"])
def test_the_link_of_a_row_opens_the_same_experiment(stem: str) -> None:
    """A row's settings, opened as an address, are the same row with the same figures."""
    link = {"train_val_test": {"tvt_learning_rate": "0.1"}, "tokens": {"tok_text": "é & = #"}}[stem]
    first = kept(open_page(stem, **link)).get("")
    if first is None:  # this network has not been trained
        return
    again = kept(open_page(stem, **dict(first.settings)))[""]
    assert (again.id, again.figures) == (first.id, first.figures)
    assert first.moved


PARTS: dict[tuple[str, str], dict[str, str]] = {
    ("arena", "lab"): {"ar_lab_votes": "1000", "ar_lab_seed": "3"},
    ("model_size", "law"): {"ms_law_known": "5"},
    ("model_size", "budget"): {"ms_part": "budget", "ms_budget_size": "1e10"},
    ("tokens", "learn"): {"tok_merges": "300"},
    ("tokens", "compare"): {"tok_part": "compare", "tok_a": "Bonjour", "tok_b": "Good morning to you"},
}


@pytest.mark.parametrize(("stem", "part"), PARTS)
def test_a_further_part_is_an_experiment_too(stem: str, part: str) -> None:
    """What a part of a page measures is a row with its own figures; its link leads back to that part, and to them."""
    first = kept(open_page(stem, **PARTS[stem, part]))[part]
    assert set(PARTS[stem, part]) <= set(first.settings)
    assert len(first.figures) == 3
    again = kept(open_page(stem, **dict(first.settings)))[part]
    assert again == first
    other = kept(open_page(stem, **({"tok_part": part, "ms_part": part} if part in {"budget", "compare"} else {})))
    assert {name: each.value for name, each in other[part].figures.items()} != {
        name: each.value for name, each in first.figures.items()
    }


def test_what_a_part_keeps_is_what_its_subject_computes() -> None:
    """The merges cut as tiktoken does with them; the law's exponent and the budget's loss are those of the study."""
    from components.tokens.learn import texts
    from core.model_size.chinchilla import EPOCH
    from core.model_size.measured_law import WIDTHS, law_of_first
    from core.tokens.bpe import learn
    from tests.tokens.test_bpe import reference

    row = kept(open_page("tokens", tok_merges="300"))["learn"]
    text = texts("tokens")["fr"]
    assert row.figures["learned"].value == len(reference(learn(text, 300)).encode(text))
    law = kept(open_page("model_size", ms_law_mode="all"))["law"].figures
    assert law["alpha"].value == law_of_first(len(WIDTHS)).alpha
    budget = kept(open_page("model_size", ms_part="budget"))["budget"].figures
    assert budget["loss"].value >= budget["best"].value > EPOCH.floor
