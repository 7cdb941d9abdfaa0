"""The class's own arena through the router: blind until the vote, counted once, forgotten, and kept on bad days."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from components.arena.ballot_box import recount
from components.arena.board import BOARD
from components.arena.rounds import COMPONENT
from components.arena.writer_names import writer_name
from core import workers
from core.arena.writers import WRITERS
from core.ballots import default
from tests.helpers import RARELY, open_page, until

pytestmark = pytest.mark.usefixtures("cluster")
VOTERS = ("a" * 32, "b" * 32)
NONSENSE: list[dict[str, Any]] = [
    {"sign": "c"}, {"sign": None}, {"sign": ["a"]}, {"round": 99}, {"round": "1"}, {"voter": "a" * 10_000_000},
    {"voter": {"a": 1}}, {"voter": "../../x"}, {"kind": "votes"}, {"kind": "next"}, {"number": "x"},
]  # fmt: skip


def sent(app: AppTest, key: str = COMPONENT) -> dict[str, Any]:
    """Return what a component was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if f"-{key}" in each.proto.id]
    data: dict[str, Any] = json.loads(found.json)
    return data


def tell(app: AppTest, **said: Any) -> AppTest:
    """Say something as the browser does."""
    (found,) = [each.proto for each in app.get("bidi_component") if f"-{COMPONENT}" in each.proto.id]
    tell.number += 1  # type: ignore[attr-defined]
    message = {"voter": VOTERS[0], "number": tell.number} | said  # type: ignore[attr-defined]
    states = app._tree.get_widget_states()
    states.widgets.append(WidgetState(id=found.id, json_value=json.dumps({"said": message})))
    return app._run(states)


tell.number = 0  # type: ignore[attr-defined]


def arrived(voter: str = VOTERS[0], **query: str) -> AppTest:
    """Return the page of a voter who has told who they are, both texts written."""
    app = tell(open_page("arena", ar_part="blind", **query), kind="here", voter=voter)
    until(lambda: sent(app)["texts"] or sent(app.run())["texts"], every=RARELY)
    return app


def vote(app: AppTest, sign: str, voter: str = VOTERS[0]) -> AppTest:
    return tell(app, kind="vote", round=sent(app)["round"], sign=sign, voter=voter)


def shown(app: AppTest) -> str:
    """Return all that the browser is sent."""
    return "".join(str(each.proto) for each in app.main if hasattr(each, "proto")) + json.dumps(
        [sent(app), sent(app, BOARD)], ensure_ascii=False
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_names_come_with_the_vote_and_not_before(lang: str) -> None:
    """Until then nothing that is sent names a writer; then the vote is in the store and on the board."""
    app = arrived(lang=lang, room="4 B!")
    before = shown(app)
    assert not [name for name in WRITERS if name in before]
    assert not [name for name in WRITERS if writer_name(name) in before]
    assert sent(app)["names"] is None
    asked, texts = sent(app)["prompt"], sent(app)["texts"]
    vote(app, "b")
    (row,) = default().rows("4b")
    assert row["prompt"] == asked
    left, right = (row["first"], row["second"]) if row["left"] == row["first"] else (row["second"], row["first"])
    assert row["outcome"] == ("first" if right == row["first"] else "second")
    assert sorted(texts) == sorted([row["first_text"], row["second_text"]])
    assert len(set(sent(app)["names"])) == 2
    assert [row["name"] for row in sent(app, BOARD)["rows"]] == [sent(app)["names"][1], sent(app)["names"][0]]
    assert all("\u00a0=\u00a0" in name if lang == "fr" else "T = " in name for name in sent(app)["names"])
    assert left != right


def test_nonsense_of_a_browser_changes_nothing() -> None:
    """A vote twice, after the names, for another round, of no kind, of a book as a voter: one vote, the first one."""
    app = arrived()
    for said in NONSENSE:
        tell(app, **{"kind": "vote", "round": sent(app)["round"], "sign": "a"} | said)
        assert sent(app)["sign"] == ""
    vote(app, "a")
    vote(app, "b")
    assert [count.votes for count in default().counts("")] == [1]
    assert sent(app)["sign"] == "a"


def test_another_pair_follows_and_votes_are_forgotten() -> None:
    """The next pair is another one; one's own votes go, another student's stay and are on both boards."""
    app, other = arrived(), arrived(VOTERS[1])
    first = sent(app)
    vote(app, "tie")
    vote(other, "bad", voter=VOTERS[1])
    tell(app, kind="next", round=first["round"])
    until(lambda: sent(app)["texts"] or sent(app.run())["texts"], every=RARELY)
    assert sent(app)["round"] != first["round"]
    assert (sent(app)["prompt"], sent(app)["texts"]) != (first["prompt"], first["texts"])
    assert sent(app, BOARD)["total"] == "2 votes"
    tell(app, kind="forget", voter="c" * 32)
    assert [count.outcome for count in default().counts("")] == ["bad"]
    assert sent(app, BOARD)["total"] == "1 vote"
    assert default().seen("", "c" * 32) == default().seen("", VOTERS[0]) == set()


def test_a_prompt_of_ones_own_is_text_and_nonsense_is_refused() -> None:
    """HTML goes to the writers as the words that it is; what is hardly words is answered politely."""
    app = arrived(ar_own_stories="<img src=x onerror=alert(1)> Une fée")
    assert sent(app)["prompt"] == "<img src=x onerror=alert(1)> Une fée"
    app = open_page("arena", ar_part="blind", ar_own_stories="12345 !!!")
    assert any("Ce ne sont guère des mots" in caption.value for caption in app.caption)


def test_a_vote_waits_while_the_store_is_broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Said in words, kept in the tab, and counted once the store is well again."""
    app = arrived()
    good = os.environ["CURSEURS_DB"]
    (tmp_path / "foreign").write_text("no database " * 100)
    monkeypatch.setenv("CURSEURS_DB", f"sqlite:///{tmp_path / 'foreign'}")
    vote(app, "a")
    assert sent(app)["sign"] == "a"  # the names are told all the same
    (said,) = [warning.value for warning in app.warning]
    assert "abîmé" in said
    assert "attend dans cet onglet" in said
    assert not app.exception
    monkeypatch.setenv("CURSEURS_DB", good)
    app.button(key="ar-blind-send").click().run()
    assert not app.warning
    assert [count.votes for count in default().counts("")] == [1]


def test_a_store_of_a_later_version_is_named() -> None:
    """The page stands, and says that it leaves those votes alone."""
    app = arrived()
    vote(app, "a")
    with sqlite3.connect(default().where) as connection:
        connection.execute("UPDATE curseurs_votes_version SET version = 99")
    recount()  # a second has gone by
    app = open_page("arena", ar_part="blind", lang="en")
    assert "A newer version of the course has written the votes" in app.warning[0].value
    assert not app.exception


def test_a_text_is_written_though_its_worker_is_killed() -> None:
    """It had begun both; another worker writes them, and the pair comes all the same."""
    pids = workers.client().run(os.getpid).values()
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)  # as if it wrote for long
    app = tell(open_page("arena", ar_part="blind", ar_own_stories="Un ogre nommé Zébulon"), kind="here")
    assert sent(app)["texts"] is None
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    until(lambda: sent(app)["texts"] or sent(app.run())["texts"], every=RARELY)
    assert not app.exception
