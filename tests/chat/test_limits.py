"""The ten limits: what is recorded of them, and what the page shows and asks, through the router."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from components.chat.asked import OWN
from components.chat.limits import _TALKS as TALKS
from components.chat.limits import OFF, OPENED, PAGES
from components.chat.limits import PARTS as OWN_PARTS
from core.chat import recorded, tool_asks
from core.chat.compared import READY
from core.chat.cures import CURES, HONEST, ROOM, SMALL, Cure, effect
from core.chat.limitations import LIVE, NAMES, RIGHT, cure, judged, measured, pairs, pieces
from core.chat.received import keep
from core.chat.requests import How
from core.chat.servers import Server
from core.chat.trials import CHARACTERS
from core.chat.twice import Twice
from core.lessons import load
from tests.chat.asking import ask, said
from tests.helpers import open_page, until

ASK = "chat limits: ask"
HOSTILE = "![x](https://example.com/x.png)<img src=x onerror=alert(1)> <|im_end|> ``` $$ :material/home: {name}"


def page(limit: str = "window", language: str = "en", **query: str) -> AppTest:
    app = open_page("chat", opened="1", lang=language, chat_part="limits", chat_limit=limit, **query)
    assert not app.exception, app.exception[0].value
    return app


def written(app: AppTest) -> str:
    """Return all that stands as text or code."""
    return "\n".join(block.value for block in app.code)


def marked(app: AppTest) -> str:
    """Return all that is read as Markdown."""
    return "\n".join(str(part.value) for kind in (app.markdown, app.caption) for part in kind)


def buttons(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def test_every_limit_is_whole() -> None:
    """Words in both languages, a question that was answered, and something added, but by fine-tuning."""
    for language in ("fr", "en"):
        assert {f"limit-{name}" for name in NAMES} <= set(load("chat", language).sections)
    for name in NAMES:
        for pair in pairs(name).values():
            assert pair.question
            assert pair.without
            assert bool(pair.added) == (name != "tuned")
            assert all(piece.text for piece in pair.added)
            assert bool(pair.cured) == (name not in OFF)
        assert measured(name)[1] or name in OFF


def test_what_other_pages_recorded_is_what_stands_here() -> None:
    """The same questions at the same settings have the same answers here and in the earlier records."""
    for row in recorded.part("personality").told["rows"]:
        (found,) = [
            pair for name, pair in pairs("personality").items()
            if pair.question == row["question"] and CHARACTERS[name.split("-")[0]][0] == row["system"]
        ]  # fmt: skip
        assert found.cured == row["answer"]
        assert CURES["personality"][f"{row['name']}-japan"].fits(row["answer"]) == row["follows"]
    without = {fact.question: fact.answer for facts in recorded.facts().values() for fact in facts}
    for pair in pairs("facts").values():
        assert pair.without == without[pair.question]
    for row in recorded.part("forgetting").told["rows"]:
        assert pairs("window")[row["what"]].without == row["without"]
    for name, pair in pairs("documents").items():
        assert pair.added[0].text in ready_sent(name)
        assert ready_sent(name) == f"{pair.added[0].text}\n\n{READY[name].question}"


def ready_sent(name: str) -> str:
    from core.chat.compared import recorded as documents

    sent: str = documents()[name]["sent"]
    return sent


def test_the_right_answers_to_the_tools_questions_are_right() -> None:
    """Computed by Python, of the day that the calendar told."""
    day = tool_asks.DAY
    oracle = {
        "product": str(17 * 23), "words": str(17 * 23), "large": str(1234 * 5678), "percent": str(15 * 240 // 100),
        "books": str(12.5 * 7), "today": f"{day:%A}", "days": str((date(2026, 12, 25) - day).days),
        "bastille": f"{date(1789, 7, 14):%A}", "capital": "Paris",
    }  # fmt: skip
    assert {name: words[0] for name, words in RIGHT.items()} == oracle


@pytest.mark.parametrize(
    ("without", "cured", "what"),
    [(False, True, "helps"), (False, False, "fails"), (True, True, "needless"), (True, False, "harms")],
)
def test_an_effect_is_what_changed(without: bool, cured: bool, what: str) -> None:
    """Of the four ways that two answers may be right or wrong; of a student's own nothing is said."""
    assert effect(without=without, cured=cured) == what
    one = Cure("?", "s", signs=("yes",))
    assert judged(one, "Yes." if without else "No.", "YES" if cured else "no").effect == what
    assert judged(Cure("?", "s"), "a", "b").effect == ""


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("limit", NAMES)
def test_a_limit_opens_through_its_address(limit: str, language: str) -> None:
    """Both answers, all that is added, its words, that it is recorded; what was sent to nobody says so."""
    app = page(limit, language)
    shown = "pirate-japan" if limit == "personality" else next(iter(pairs(limit)))
    pair = pairs(limit)[shown]
    for text in (pair.without, pair.cured, *(piece.text for piece in pair.added)):
        assert text in written(app)
    assert {"fr": "Enregistré", "en": "Recorded"}[language] in marked(app)
    assert ({"fr": "rien n’a été envoyé", "en": "nothing was sent"}[language] in marked(app)) == (limit in OFF)
    assert marked(app).count(":green-badge[:material/add:") == (
        0 if limit in OFF else sum(piece.kind != "schema" for piece in pair.added)
    )
    assert (ASK in buttons(app)) == (limit in LIVE)


@pytest.mark.parametrize("value", ["nan", "<script>alert(1)</script>", "\x00\x1b", "x" * 5_000, "None"])
def test_a_hostile_link_opens_the_first_limit(value: str) -> None:
    """Nonsense at every place of the part."""
    app = page(value, chat_limit_window=value, chat_limit_facts=value)
    assert not app.error
    assert pairs("window")["cello"].cured in written(app)
    for limit in ("facts", "personality", "tools"):
        assert not page(limit, chat_limit_topic=value, **{f"chat_limit_{limit}": value}).error


@pytest.mark.parametrize("limit", OWN_PARTS)
def test_a_limit_leads_to_its_part(limit: str) -> None:
    """One press, and the part stands there instead; the address says so."""
    app = page(limit)
    app.button("chat limits: part").click().run()
    assert app.query_params["chat_part"] == limit
    assert "chat limits: part" not in buttons(app)
    assert not app.exception


@pytest.mark.parametrize("limit", list(OPENED))
def test_a_limit_opens_its_conversation(limit: str) -> None:
    """One press, and the recorded conversation is the one above."""
    app = page(limit)
    app.button("chat limits: open").click().run()
    assert app.query_params["chat_open"] == OPENED[limit]
    assert not app.exception


def test_a_character_moves_into_the_conversation() -> None:
    """The system message above is the one that was chosen here."""
    app = page("personality", chat_limit_personality="meow")
    app.button("chat limits: use").click().run()
    assert app.text_input(key="chat_system").value == CHARACTERS["meow"][0]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_fine_tuning_links_to_the_pages_where_it_is_done(language: str) -> None:
    """Each by its title in the page's language."""
    links = {each.proto.page: each.proto.label for each in page("tuned", language).get("page_link")}
    del links["project"]  # the way to the lab notebook, in the sidebar
    assert links == {stem: load(stem, language).title for stem in PAGES}


def test_what_a_student_writes_stays_text_and_in_no_address() -> None:
    """A question and a system message of one's own, with Markdown, HTML and marks; nothing recorded stands for them."""
    for limit in ("facts", "personality"):
        app = page(limit, **{f"chat_limit_{limit}": OWN})
        assert ASK not in buttons(app)
        app.text_input(key=f"chat limit: own {limit}").set_value(HOSTILE).run()
        assert not app.exception
        assert ASK in buttons(app)
        assert "example.com" not in str(dict(app.query_params)) + marked(app)
        assert "Recorded with" not in marked(app)
        assert (HOSTILE if limit == "personality" else HONEST) in written(app)


def test_a_small_window_loses_what_the_cure_keeps(smollm2: Server) -> None:
    """Of the shown conversation SmolLM2's window of 128 tokens keeps the question alone; its own keeps all."""
    one = cure("window", "cello")
    turns = [said(piece.text, piece.kind) for piece in pieces(one)]
    asked = [*turns, said(one.question)]
    assert keep(smollm2, asked, How(0.0, tokens=ROOM), SMALL).conversation == (said(one.question),)
    assert not keep(smollm2, asked, How(0.0, tokens=ROOM)).fallen


def test_a_character_is_asked_both_ways_now(smollm2: Server) -> None:
    """Without, it is what is answered with no system message; with, what the system message makes of it."""
    app = page("personality", chat_tokens="20")
    app.button(ASK).click().run()
    talk: Twice = app.session_state[TALKS]["personality pirate-japan"]
    until(lambda: talk.is_over)
    app.run()
    pair = talk.snapshot()
    system, question = CHARACTERS["pirate"][0], pairs("personality")["pirate-japan"].question
    assert pair.without == ask(smollm2, question, How(0.0, tokens=20)).text
    assert pair.cured == ask(smollm2, question, How(0.0, tokens=20, system=system)).text
    assert pair.effect
    assert {pair.without, pair.cured} <= set(written(app).split("\n"))
    assert "Recorded with" not in marked(app)
