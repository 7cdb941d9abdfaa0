"""When a worker cannot answer: the page says so, in the language of who asks, and keeps nothing of it."""

from __future__ import annotations

import logging
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from components.language import catalog
from tests.helpers import RARELY, small_app, until

FAILED = "The computation failed by a fault of the program; the server’s log says which. You can start it again."
SAID = {language: catalog(language).gettext(FAILED) for language in ("fr", "en")}


def ask_all_three() -> None:
    """Ask a model that nobody has for a text, for surprises and for its inside, as the views do."""
    import streamlit as st

    from components.answers import answered
    from core.text_generation import inside

    st.write(str(answered("ages", inside.aged, "mini@123", "Il était", 1, 5)))  # an age that was not kept
    st.write(str(answered("own", inside.surprises, "nobody", "Il était")))
    st.write(str(answered("inside", inside.whole, "nobody", "Il était")))


def fails(app: AppTest, caplog: pytest.LogCaptureFixture) -> bool:
    """Run the app once more; return whether all three failures are said by now."""
    caplog.clear()
    with caplog.at_level(logging.ERROR, logger="components.answers"):
        app.run()
    return len(app.error) == 3


def test_a_failure_is_said_in_the_language_of_who_asks_and_is_not_kept(caplog: pytest.LogCaptureFixture) -> None:
    """A French session fails, then an English one, then the French again: each is told afresh, in its own words."""
    for language in ("fr", "en", "fr"):
        app = small_app(ask_all_three)
        app.session_state["language"] = language

        until(partial(fails, app, caplog), every=RARELY)
        assert not app.exception
        assert [error.value for error in app.error] == [SAID[language]] * 3
        assert [written.value for written in app.markdown] == ["None"] * 3
        ours = [record for record in caplog.records if record.name == "components.answers"]
        assert len(ours) == 3
        assert all(record.exc_info for record in ours), "the log must hold the traceback"
