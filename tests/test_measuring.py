"""A measurement on a page, and several who watch: all see how far it is; who follows may stop, for himself alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests import measurements
from tests.helpers import small_app, until

OTHER = "another session"


@pytest.fixture(autouse=True)
def _nobody_follows_afterwards(cluster: None) -> Iterator[None]:
    measurements.of_panel.cache_clear()
    yield
    found = measurements.of_panel()
    for follower in list(found._followers):
        found.stop(follower)
    until(lambda: not measurements.running(measurements.MODULE))


def panel() -> None:
    """Show the panel of a measurement that is never done by itself."""
    from components import language
    from components.measuring import Panel, Words
    from tests.measurements import of_panel

    language.settle()
    Panel("test", of_panel(), Words("measure", "mine", "recorded", "stopped", "never")).show()


def opened(lang: str = "en") -> AppTest:
    app = small_app(panel)
    app.query_params["lang"] = lang
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, name: str) -> None:
    app.button(key=f"test-{name}").click()
    run(app)


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def said(app: AppTest) -> str:
    return " ".join(box.value for box in app.info)


@pytest.mark.parametrize(("lang", "label"), [("en", "Follow"), ("fr", "Suivre")])
def test_who_has_not_pressed_sees_the_progress_and_no_stop(lang: str, label: str) -> None:
    """Somebody else measures: the page says how far it is, offers to follow, and claims nothing to have been left."""
    found = measurements.of_panel()
    found.start(OTHER)
    until(lambda: found.rows)
    app = opened(lang)
    (bar,) = app.get("progress")
    assert bar.proto.value == 25
    assert buttons(app) == [label]
    assert said(app) == ""


def test_who_follows_may_stop() -> None:
    """One press joins the measurement of another; from then on a Stop is there, and nobody's begins anew."""
    found = measurements.of_panel()
    found.start(OTHER)
    until(lambda: found.rows)
    app = opened()
    (before,) = measurements.running(measurements.MODULE)
    press(app, "follow")
    assert buttons(app) == ["Stop"]
    assert measurements.running(measurements.MODULE) == [before]
    found.stop(OTHER)
    assert found.is_measuring


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "it goes on for those who do"), ("fr", "elle continue pour ceux qui la suivent")]
)
def test_one_of_two_stops_and_the_others_goes_on(lang: str, words: str) -> None:
    """He is told that it goes on without him and may follow again; followed, nothing is said any more."""
    found = measurements.of_panel()
    app = opened(lang)
    press(app, "measure")
    found.start(OTHER)
    until(lambda: found.rows)
    press(app, "stop")
    assert found.is_measuring
    assert found.follows(OTHER)
    assert words in said(app)
    press(app, "follow")
    assert said(app) == ""
    press(app, "stop")
    found.stop(OTHER)
    run(app)
    assert not found.is_measuring
    assert said(app) == "stopped"


def test_the_only_one_who_follows_ends_it() -> None:
    """Nobody else wants it: stopped, the page says so, and offers to measure. The next one is not one that was left."""
    found = measurements.of_panel()
    app = opened()
    press(app, "measure")
    until(lambda: found.rows)
    press(app, "stop")
    assert not found.is_measuring
    assert said(app) == "stopped"
    assert buttons(app) == ["measure"]
    found.start(OTHER)
    until(lambda: found.rows)
    run(app)
    assert buttons(app) == ["Follow"]
    assert said(app) == ""
