"""The learning rate page through the router: every view, every kind of link."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.batch_learning_rate.runs import RUN_PRESETS
from components.batch_learning_rate.schedules import schedules_figure
from core.batch_learning_rate.settings import BATCHES, RATES, RateSettings
from core.lessons import load
from tests.helpers import open_page


def opened(**query: str) -> AppTest:
    return open_page("batch_learning_rate", **({"lang": "en"} | query))


def shown(app: AppTest) -> str:
    return " ".join(str(part.value) for kind in (app.markdown, app.info, app.warning, app.caption) for part in kind)


HOSTILE = ["nan", "-1", "1e999", "<script>", "", "'; drop", "999999999999", "a~b~c~d~e", "0:0;0:0", ",", "~~~"]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_link_opens_the_page(value: str) -> None:
    """Nonsense in every parameter of the page at once: no exception, and the controls stand on allowed values."""
    names = ["rate", "batch", "axis", "measure", "scale", "optimizer", "schedule", "seed", "examples", "changes", "pin",
             "view", "sweep", "map_metric", "map_spread", "cell_rate", "cell_batch", "bowl_problem", "bowl_optimizer",
             "bowl_rate", "bowl_batch", "bowl_momentum", "bowl_start", "bowl_seed", "bowl_shown",
             "bowl_arrows"]  # fmt: skip
    app = opened(**{f"blr_{name}": value for name in names})
    assert not app.exception, app.exception[0].value
    assert app.session_state["blr_rate"] in RATES
    assert app.session_state["blr_batch"] in BATCHES


def test_a_link_to_a_cell_that_is_no_more_shows_its_neighbour() -> None:
    """A rate and batch the map lacks: the nearest cell is shown, and that is said."""
    app = opened(blr_view="map", blr_cell_rate="0.07", blr_cell_batch="48")
    assert not app.exception
    assert "no cell at rate 0.07 and batch 48" in shown(app)


@pytest.mark.parametrize("view", ["runs", "map", "difference", "finder", "schedules", "elsewhere"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_view_opens(view: str, lang: str) -> None:
    """Each view is drawn without an exception, and leaves no English in a French page's numbers."""
    app = opened(lang=lang, blr_view=view)
    assert not app.exception, app.exception[0].value
    if view == "elsewhere":
        assert re.search("54.000 / 64 = 843[.,]8", shown(app))


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("examples", "batch", "divided"),
    [(1_000, 64, "1.000 / 64 = 15[.,]6, .{4,5} \\*\\*16\\*\\*"),
     (10_000, 64, "10.000 / 64 = 156[.,]2, .{4,5} \\*\\*157\\*\\*"),
     (1_000, 54_000, "1.000 / 54.000 = 0[.,]019, .{4,5} \\*\\*1\\*\\*")],
)  # fmt: skip
def test_the_division_is_of_the_examples_that_are_trained(lang: str, examples: int, batch: int, divided: str) -> None:
    """With other training examples, words and numbers divide the same: 1,000 / 64 is 15.6, and never 54,000 / 64."""
    app = opened(lang=lang, blr_view="elsewhere", blr_examples=str(examples), blr_batch=str(batch))
    assert re.search(divided, shown(app)), shown(app)
    assert not re.search("54.000 / 64 = 15", shown(app))


def test_schedules_are_drawn_without_the_changes_of_a_run() -> None:
    """A rate changed live belongs to its run: the constant schedule stays constant."""
    settings = RateSettings(learning_rate=0.1)
    changed = schedules_figure(settings.changed(1975, 0.003))
    assert changed == schedules_figure(settings)
    assert set(changed["data"][0]["y"]) == {0.1}


def test_a_cell_and_the_comparison_say_the_same_of_three_runs() -> None:
    """Rate 0.1, batch 64: ± 0.6 % in the map's cell, which says what ± is, and in "Is it real?"."""
    cell = shown(opened(blr_view="map", blr_map_metric="error"))
    app = opened(blr_view="difference", blr_rate="0.1", blr_pin="0.1~1024~sgd~1~constant", blr_seeds="3")
    for said in (cell, app.success[0].value):
        assert "2.3% ± 0.6%" in said.replace("\u00a0", " ")
    assert "Mean of 3 runs ± 95% interval." in cell


def test_the_sentence_speaks_of_the_measure_that_is_drawn() -> None:
    """With the error rate on the curves, who is ahead is said in error rates; with the loss, in losses."""
    pair = {"blr_rate": "0.1", "blr_batch": "16", "blr_axis": "epochs", "blr_pin": "0.1~1024~sgd~1~constant"}
    assert "error rate 2.4% against 9.1%" in shown(opened(**pair, blr_measure="error"))
    assert "loss 0.084 against 0.32" in shown(opened(**pair))


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "ce que l’agent a vécu"), ("en", "what the agent has lived through")]
)
def test_the_course_s_other_code_is_quoted_in_the_pages_language(lang: str, said: str) -> None:
    """The agent's memory holds 10,000, as in the course, and the comments are French on the French page."""
    app = opened(lang=lang, blr_view="elsewhere")
    quoted = " ".join(block.value for block in app.code)
    assert "deque(maxlen=10_000)" in quoted
    assert said in quoted


def test_no_template_is_left_raw() -> None:
    """Whatever tab is open, no placeholder is shown to a student."""
    for lang in ("fr", "en"):
        app = opened(lang=lang)
        for level in ("intuition", "numbers", "formula"):
            app.session_state["batch_learning_rate-levels"] = {"fr": "Nombres", "en": "Numbers"}[lang]
            app.run()
            assert "{{" not in shown(app), level
        assert "843" in shown(app)


def test_two_experiments_never_show_two_sliders_of_one_name() -> None:
    """The bowl's sliders and those of every part have names of their own."""
    for view in ("runs", "map", "difference", "finder", "schedules", "elsewhere"):
        app = opened(blr_view=view)
        names = [slider.label for slider in (*app.select_slider, *app.slider)]
        assert len(names) == len(set(names))
        assert not {"Learning rate", "Batch size", "Updates shown"} & set(names)


def test_the_sentence_names_the_axis_that_disagrees() -> None:
    """On opening, batch 64 and batch 1,024 are compared, and the sentence says what another axis would say."""
    app = opened(blr_rate="0.1", blr_pin="0.1~1024~sgd~1~constant")
    said = shown(app)
    assert "At equal number of updates (265)" in said
    assert "But at equal" in said


def test_what_a_link_hides_of_the_descent_is_hidden() -> None:
    """The picture is told which of its own controls stay away, and the panel of the teacher's link offers each."""
    app = opened(hide="blr_bowl_rate,blr_bowl_problem,blr_batch")
    assert json.loads(bowl_data(app))["hidden"] == ["problem", "rate"]
    assert "Batch size of the network" not in [slider.label for slider in app.select_slider]
    assert {"blr_bowl_rate", "blr_bowl_batch", "blr_bowl_shown"} <= set(
        app.session_state["curseurs: what this page can hide"]
    )


def bowl_data(app: AppTest) -> str:
    """Return what the page sent to the picture of the descent."""
    found = [part.proto.json for part in app.get("bidi_component") if "problems" in part.proto.json]
    assert len(found) == 1
    return str(found[0])


def test_another_setting_forgets_the_change_of_rate_made_live() -> None:
    """A changed run says so above its curve, with a button; the next setting is trained as its sliders say."""
    app = opened(blr_changes="2000:0.003")
    assert "changed on the way" in shown(app)
    assert any(button.key == "blr-forget" for button in app.button)
    app.select_slider(key="blr_batch").set_value(16).run()
    assert app.session_state["blr_changes"] == ""
    assert "changed on the way" not in shown(app)
    assert not any(button.key == "blr-start" for button in app.button), "the recorded run is found again"


def test_one_more_seed_narrows_the_interval_at_once_where_it_is_recorded() -> None:
    """From two seeds to three: no training, another width in the sentence, the button counts on."""
    app = opened(blr_view="difference", blr_rate="0.1", blr_pin="0.1~1024~sgd~1~constant")
    assert "2 seeds each" in shown(app)
    assert "→" not in shown(app)
    app.button(key="blr-one-more").click().run()
    assert not app.exception
    assert app.session_state["blr_seeds"] == 3
    first, last = (float(width) for width in re.findall(r"± ([0-9.]+)%", shown(app).replace("\u00a0", " "))[:2])
    assert last < first / 2
    assert "3 seeds each" in shown(app)


def test_both_sides_are_chosen_where_they_are_compared() -> None:
    """B's own sliders write the pinned run; equal sides are said to be equal."""
    app = opened(lang="fr", blr_view="difference", blr_rate="0.1", blr_pin="0.3~64~sgd~1~constant")
    app.select_slider(key="blr-other-rate").set_value(0.1).run()
    assert app.session_state["blr_pin"] == "0.1~64~sgd~1~constant"
    assert "A et B sont pareils" in shown(app)


def run_presets(app: AppTest) -> Any:
    """Return the row of presets of the real networks."""
    return next(row for row in app.get("button_group") if (row.key or "").startswith("blr-run-presets"))


@pytest.mark.parametrize("preset", ["epochs", "updates", "follows", "broken"])
def test_the_presets_of_real_networks_replay_and_go_out(preset: str) -> None:
    """Each is lit, recorded, and put out by a slider."""
    app = opened()
    run_presets(app).set_value(preset)
    app.run()
    assert not app.exception
    assert not any(button.key == "blr-start" for button in app.button)
    assert run_presets(app).value == preset
    measure = RUN_PRESETS[preset]["blr_measure"]
    assert app.session_state["blr_measure"] == measure
    said = load("batch_learning_rate", "en").section(f"preset-run-{preset}").body
    assert "% error" not in said or measure == "error"
    other = opened(blr_measure="loss" if measure == "error" else "error", **address_of(RUN_PRESETS[preset]))
    assert run_presets(other).value is None, "it speaks of another measure than the curves show"
    app.select_slider(key="blr_batch").set_value(32).run()
    assert run_presets(app).value is None


def address_of(preset: dict[str, Any]) -> dict[str, str]:
    """Return what the address says of a preset, its measure apart."""
    return {name: str(value) for name, value in preset.items() if name != "blr_measure"}


def test_a_cell_of_the_map_opens_among_the_real_networks() -> None:
    """Its button goes to the part whose sliders it moves: the student sees what changed."""
    app = opened(blr_view="map", blr_cell_rate="0.3", blr_cell_batch="256")
    app.button(key="blr-use-cell").click().run()
    assert app.session_state["blr_view"] == "runs"
    assert (app.select_slider(key="blr_rate").value, app.select_slider(key="blr_batch").value) == (0.3, 256)
