"""The twelve uses on the page, through the router: recorded, asked of two at once, judged, kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.chat.asked import OWN
from components.chat.uses import _TALKS as TALKS
from core.chat.answering import State
from core.chat.checks import checked
from core.chat.recorded import used
from core.chat.requests import How
from core.chat.servers import Server
from core.chat.use_talk import LEAST, Ready, UseTalk
from core.chat.uses import IDS, uses
from core.chat.writers import alone, warmer
from tests.chat.odd_server import OddServer
from tests.helpers import open_page

ASK = "chat uses: ask"
HOSTILE = "![x](https://example.com/x.png)<img src=x onerror=alert(1)> <|im_end|> ``` $$ :material/home: {name}"


def page(language: str = "en", **query: str) -> AppTest:
    app = open_page("chat", opened="1", lang=language, **query)
    assert not app.exception, app.exception[0].value
    return app


def codes(app: AppTest) -> list[str]:
    return [str(each.value) for each in app.code]


def told(language: str, use: str, seed: int | None = None) -> str:
    """Return a recorded answer."""
    (found,) = [row.answer for row in used() if (row.language, row.use, row.seed) == (language, use, seed)]
    return found


def marks(app: AppTest) -> list[Any]:
    """Return the controls that judge, in their order."""
    return [each for each in app.get("button_group") if str(each.key).startswith("chat mark")]


def results(app: AppTest) -> Mapping[str, Any]:
    found: Mapping[str, Any] = app.session_state["curseurs: progress"].known.page("chat").judged
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", IDS)
def test_an_address_opens_its_use(language: str, name: str) -> None:
    """The prompt in its field, two recorded answers that are said to be recorded, each criterion to be judged twice."""
    app, use = page(language, chat_use=name), uses(language)[name]
    (field,) = [each for each in app.text_area if each.value == use.prompt]
    assert codes(app)[:2] == [told(language, name), told(language, name, 1)]
    assert any({"fr": "Enregistré", "en": "Recorded"}[language] in str(each.value) for each in app.caption)
    assert len(marks(app)) == 2 * len(use.criteria)
    assert len({each.label for each in marks(app)}) == len(marks(app)), "no two controls bear one name"
    assert field.proto.max_chars > len(use.prompt)


def test_what_a_program_checked_is_said_of_each() -> None:
    """As many ticks and crosses as the recorded answers have."""
    for name in IDS:
        app = page("en", chat_use=name)
        holds = [held for row in used() if (row.language, row.use) == ("en", name) and row.seed in {None, 1}
                 for held in row.holds.values()]  # fmt: skip
        said = "".join(str(each.value) for each in app.caption if str(each.value).startswith("Program: "))
        assert (said.count("✓"), said.count("✗")) == (holds.count(True), holds.count(False)), name


def test_judging_adds_up_and_is_kept() -> None:
    """Marks are in the results by model and use, in the table, and still set when the page is opened again."""
    app = page("en", chat_use="classify")
    assert not app.table
    for at, mark in enumerate(["no", "yes", "yes", "yes"]):
        marks(app)[at].set_value(mark).run()
    assert results(app) == {
        "smollm2 [en]": {"classify": {"labels": "no", "form": "yes"}},
        "smollm2 [en T=0.7]": {"classify": {"labels": "yes", "form": "yes"}},
    }
    marks(app)[1].set_value("partly").run()
    assert results(app)["smollm2 [en]"] == {"classify": {"labels": "no", "form": "partly"}}
    (table,) = app.table
    assert list(table.value.columns) == ["Use", "SmolLM2, recorded in English",
                                         "SmolLM2, temperature 0.7, recorded in English"]  # fmt: skip
    assert table.value.to_numpy().tolist() == [["**Mean**", "**25% (1 of 12)**", "**100% (1 of 12)**"],
                                               ["Classify", "25%", "100%"]]  # fmt: skip
    again = page("en", chat_use="classify")
    again.session_state["curseurs: progress"].known.page("chat").judged = dict(results(app))
    again.run()
    assert [each.value for each in marks(again)] == ["no", "partly", "yes", "yes"]


def test_a_models_name_from_a_link_or_a_file_stays_text() -> None:
    """On the button and in the table it is no Markdown: a picture in it would be fetched."""
    app = page("en", chat_server=OWN, chat_address_own="http://localhost:9/v1", chat_model_own="![x](//e.org/x.png)",
               chat_beside="alone")  # fmt: skip
    app.session_state["curseurs: progress"].known.page("chat").judged = {"![x](//e.org/x)": {"role": {"turn": "yes"}}}
    app.run()
    assert "\\!\\[x\\]" in app.button(ASK).label
    assert list(app.table[0].value.columns)[1].startswith("\\!\\[x\\]")
    for part in ("tools", "code"):
        app = page("en", chat_part=part, chat_server=OWN, chat_address_own="http://localhost:9/v1",
                   chat_model_own="![x](//e.org/x.png)")  # fmt: skip
        assert not any("![x](" in each.label for each in app.button)


def test_what_a_student_writes_is_in_no_address_and_stays_text() -> None:
    """A changed prompt and a question of one's own; the ready prompt comes back by a press."""
    for name in ("role", OWN):
        app = page("en", chat_use=name)
        app.text_area[0].set_value(HOSTILE).run()
        assert not app.exception
        assert "example.com" not in str(dict(app.query_params))
        assert not any("example.com" in str(each.value) for kind in (app.markdown, app.caption) for each in kind)
        assert not app.button(ASK).disabled
    app = page("en", chat_use="role")
    app.text_area[0].set_value("Something else").run()
    assert told("en", "role") not in codes(app)
    app.button("chat uses: back").click().run()
    assert told("en", "role") in codes(app)


@pytest.mark.parametrize("value", ["nan", "<script>alert(1)</script>", "\x00\x1b", "x" * 5_000])
def test_a_hostile_link_opens_the_page(value: str) -> None:
    """Nonsense in every parameter of the part, the second server's too."""
    names = ("chat_use", "chat_beside", "chat_second_server", "chat_second_address_own", "chat_second_model_own")
    assert not page("en", **dict.fromkeys(names, value)).error
    app = page("en", chat_beside="other", chat_second_server=OWN, **dict.fromkeys(names[3:], value))
    assert app.button(ASK).disabled


def test_a_second_server_has_a_key_of_its_own() -> None:
    """The same service twice: each asks for its key; neither is in the address, nor where the other's is."""
    app = page("en", chat_beside="other", chat_second_server="mistral", chat_second_model_mistral="other")
    assert app.button(ASK).disabled
    app.text_input(key="chat_second key of mistral").set_value("secret-of-a-student").run()
    assert not app.button(ASK).disabled
    app.selectbox(key="chat_server").set_value("mistral").run()
    first, second = (app.text_input(key=f"{prefix} key of mistral") for prefix in ("chat", "chat_second"))
    assert (first.value, second.value) == ("", "secret-of-a-student")
    assert first.label != second.label
    assert app.button(ASK).disabled
    assert "secret" not in str(dict(app.query_params))


def test_a_model_is_not_asked_beside_itself() -> None:
    """Another one is to be chosen first."""
    app = page("en", chat_beside="other")
    assert app.button(ASK).disabled
    assert any("answers already" in str(each.value) for each in app.caption)


def test_two_writers_answer_the_real_question(smollm2: Server) -> None:
    """SmolLM2 at two temperatures, now: both answers stand beside each other, checked, and judged under their names."""
    app = page("en", chat_use="classify", chat_tokens="20")
    app.button(ASK).click().run()
    (talk,) = app.session_state[TALKS].values()
    assert talk.wait(120)
    app.run()
    assert codes(app)[:2] == [text or " " for text in talk.answers]
    assert [len(one.turns[-1].snapshot()[2].tokens) <= LEAST for one in talk.talks] == [True, True]
    prompt = uses("en")["classify"].prompt
    assert [talk.found(at) for at in (0, 1)] == [checked("classify", "en", prompt, text) for text in talk.answers]
    assert not any(str(each.value).startswith("Recorded") for each in app.caption)
    assert [each.value for each in marks(app)] == [None] * 4
    marks(app)[2].set_value("partly").run()
    assert results(app) == {"smollm2 [T=0.7]": {"classify": {"labels": "partly"}}}


def test_stop_ends_both_and_nothing_is_checked(smollm2: Server) -> None:
    """What came stays; a program finds nothing in half an answer."""
    first = alone(smollm2, How(0.0, tokens=320))
    talk = UseTalk("stops", "Tell me a long story.", Ready("summarise", "en"), (first, warmer(first)))
    talk.stop()
    assert talk.wait(60)
    assert [one.turns[-1].snapshot()[0] for one in talk.talks] == [State.STOPPED] * 2
    assert talk.found(0) == talk.found(1) == {}


def test_a_fault_is_said_and_the_other_answer_stands(smollm2: Server, odd: OddServer) -> None:
    """A second server that fails: its place says why, in words, and the first one's answer can be judged."""
    app = page("en", chat_beside="other", chat_use="answer", chat_second_server=OWN,
               chat_second_address_own=odd.server("500").address, chat_second_model_own="two")  # fmt: skip
    app.button(ASK).click().run()
    (talk,) = app.session_state[TALKS].values()
    assert talk.wait(60)
    app.run()
    assert codes(app)[:2] == [talk.answers[0], " "]
    assert any("fault of its own" in str(each.value) for each in app.warning)
    assert len(marks(app)) == len(uses("en")["answer"].criteria)
    marks(app)[0].set_value("no").run()
    assert list(results(app)) == ["smollm2"]
