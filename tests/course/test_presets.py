"""The presets row, on every page: the lit preset is the one that the controls stand on, and its line stays."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.presets import EMPTY
from core.lessons import load
from tests.helpers import open_page, small_app

# page, key of the row, section of the sentence, a preset, a control that the preset moves, a value of no preset
ROWS = [
    ("train_val_test", "tvt-presets", "preset-", "too_fast", "tvt_epochs", 15),
    ("embeddings", "emb-presets", "preset-", "one_number", "emb_embedding", 9),
    ("batch_learning_rate", "blr-presets", "preset-bowl-", "large", "blr_bowl_rate", 0.646),
    ("forward_pass", "fp-presets", "preset-", "dead", "fp_b", "0.7,0.7,0.7"),
    ("gpu", "gpu-presets", "preset-", "wide", "gpu_batch", 32),
    ("tokens", "tok-presets", "preset-", "emoji", "tok_text", "Un autre texte"),
    ("ways_to_train", "ways-presets", "preset-", "transfer", "ways_examples", 3),
    ("three_phases", "tp-presets", "preset-", "needed", "tp_hero", "tortue"),
    ("three_phases", "tp-tunings", "tuning-", "lora", "tp_rate", 0.002),
    ("three_phases", "tp-alignments", "aligning-", "free", "tp_beta", 10.0),
    ("arena", "ar-presets", "preset-", "ends", "ar_votes", 300),
    ("arena", "ar-lab-presets", "lab-", "nervous", "ar_lab_votes", 1_000),
    ("chat", "chat-presets", "preset-", "pirate", "chat_tokens", 120),
    ("dqn", "dqn-presets", "preset-", "short-sighted", "dqn_discount", 0.8),
    ("model_size", "ms-presets", "preset-", "mixtral_8x7b", "ms_layers", 31),
    ("text_generation", "tg-starters-mini", "prompt-", "mini-3", "tg_prompt", "Un autre début"),
    ("project", "pj-presets", "preset-", "signs", "pj_size", 1_000),
]
QUERY = {"emb-presets": {"emb_part": "letters"}, "tp-alignments": {"tp_part": "aligning"}}
"""In which part of its page a row stands, where it is not the first."""
EACH_ROW = pytest.mark.parametrize(("stem", "key", "section", "preset", "control", "elsewhere"), ROWS)


def opened(stem: str, key: str, **query: str) -> AppTest:
    return open_page(stem, lang="fr", opened="1", **QUERY.get(key, {}), **query)


def row(app: AppTest, key: str) -> Any:
    return next(pills for pills in app.get("button_group") if (pills.key or "").startswith(key))


def lit(app: AppTest, key: str) -> str | None:
    found: str | None = row(app, key).value
    return found


def address(app: AppTest) -> dict[str, str]:
    """Return what the address says of the page's controls."""
    held = {name: app.query_params[name] for name in app.query_params}
    texts = {name: value if isinstance(value, str) else value[0] for name, value in held.items()}
    return {name: text for name, text in texts.items() if "_" in name and not name.endswith("_part")}


def captions(app: AppTest) -> list[str]:
    """Return what stands in small letters, without the links of its terms."""
    return [re.sub(r"\[([^\]]*)\]\(glossary[^)]*\)", r"\1", caption.value) for caption in app.caption]


def sentence(stem: str, section: str, preset: str) -> str:
    return load(stem, "fr").section(f"{section}{preset}").body


@EACH_ROW
def test_a_preset_moves_the_controls_is_lit_and_says_its_sentence(
    stem: str, key: str, section: str, preset: str, control: str, elsewhere: object
) -> None:
    """One click: the preset is lit, its sentence stands below, and the address holds its values for who opens it."""
    app = opened(stem, key)
    assert lit(app, key) != preset
    row(app, key).set_value(preset)
    app.run()
    assert lit(app, key) == preset
    assert sentence(stem, section, preset) in captions(app)
    other = opened(stem, key, **address(app))
    assert lit(other, key) == preset, "a link to a preset must light it in the first run"


@EACH_ROW
def test_another_value_puts_the_preset_out_and_its_line_stays_in_place(
    stem: str, key: str, section: str, preset: str, control: str, elsewhere: object
) -> None:
    """The row never lies; and since the empty line stays, what follows keeps its place and the keyboard's focus."""
    app = opened(stem, key)
    row(app, key).set_value(preset)
    app.run()
    said = captions(app)
    place = said.index(sentence(stem, section, preset))
    app.session_state[control] = elsewhere
    app.run()
    assert lit(app, key) is None
    assert captions(app)[place] == EMPTY
    assert captions(app)[:place] == said[:place]


@EACH_ROW
def test_a_preset_left_behind_can_be_taken_again(
    stem: str, key: str, section: str, preset: str, control: str, elsewhere: object
) -> None:
    """After another value, one click on the same preset brings all its values back."""
    app = opened(stem, key)
    row(app, key).set_value(preset)
    app.run()
    before = app.session_state[control]
    app.session_state[control] = elsewhere
    app.run()
    row(app, key).set_value(preset)
    app.run()
    assert lit(app, key) == preset
    assert app.session_state[control] == before


@EACH_ROW
def test_a_browser_that_has_not_heard_yet_does_not_undo_a_move(
    stem: str, key: str, section: str, preset: str, control: str, elsewhere: object
) -> None:
    """A quick second move is sent while the browser still shows the preset lit: that is no click on the preset."""
    app = opened(stem, key)
    row(app, key).set_value(preset)
    app.run()
    late = row(app, key)
    app.session_state[control] = elsewhere
    app.run()
    assert row(app, key).proto.id != late.proto.id, "the message of a row must not speak for the next one"
    assert row(app, key).proto.required, "a click on the lit preset must not unlight it"


def language_above_a_row() -> None:
    """Run a page whose language is chosen above its presets, as in the browser's messages."""
    import streamlit as st

    from components import controls, language
    from components.lesson import PageLesson
    from components.presets import presets, standing_on

    controls.begin_page()
    st.button("English", key="english", on_click=language.choose, args=("en",))
    values = {name: {"a_number": number} for number, name in enumerate(("course_mlp", "course_cnn", "overfit"))}
    presets(
        PageLesson("train_val_test"),
        values,
        lit=standing_on(values, {"a_number": 0}),
        apply=lambda name: controls.set_values(values[name]),
        key="row",
    )
    controls.slider("A number", 0, 9, 0, key="a_number")


def test_a_preset_and_a_language_asked_for_at_once_are_both_done() -> None:
    """A busy server hears two clicks in one message, the language first: the preset is a click all the same."""
    app = small_app(language_above_a_row)
    app.session_state["language"] = "fr"
    before = row(app.run(), "row").proto.id
    row(app, "row").set_value("overfit")
    app.button(key="english").click().run()
    assert not app.exception
    assert app.session_state["a_number"] == 2
    assert lit(app, "row") == "overfit"
    assert load("train_val_test", "en").section("preset-overfit").body in captions(app)
    assert row(app, "row").proto.id != before, "French words must not speak for the English row"


@pytest.mark.parametrize(
    ("told", "default", "expected"),
    [({}, 2.0, "2"), ({"a": "2"}, 1.0, "2"), ({"a": "3"}, 2.0, "3")],
)
def test_where_a_control_stands_is_known_before_it_is_drawn(
    told: dict[str, str], default: float, expected: str
) -> None:
    """By the address, else by its default: as the address writes it, so that 2 and 2.0 are the same."""

    def script() -> None:
        import streamlit as st

        from components import controls

        st.write(controls.standing("a", st.session_state["default"]))

    app = small_app(script)
    app.session_state["default"] = default
    for name, value in told.items():
        app.query_params[name] = value
    assert app.run().markdown[0].value == expected
