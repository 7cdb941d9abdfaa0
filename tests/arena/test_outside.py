"""Writers at a student's servers, through the router: asked on a press, hidden, named without an address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from components.arena.board import BOARD
from core.arena.blind import Pairing
from core.arena.outside import PROMPTS, Both, Outside, named, pairing
from core.ballots import LONGEST_PROMPT, Seen, default
from core.chat import embedded
from core.chat.errors import ChatError, Kind
from core.chat.servers import PRESETS, Server
from tests.arena.test_blind import sent, tell, vote
from tests.chat.odd_server import KEY, OddServer
from tests.helpers import RARELY, open_page, until

ASK, STOP = "ar-servers-ask", "ar-servers-stop"


def set_on_chat(address: str, key: str, model: str = "smollm2", lang: str = "en") -> AppTest:
    """Set a server on the chat page, then go to the arena as the menu does: in the same session."""
    app = open_page("chat", opened="1", lang=lang, chat_server="own", chat_address_own=address, chat_model_own=model)
    (field,) = [each for each in app.text_input if "key of" in (each.key or "")]
    field.set_value(key).run()
    app.query_params.clear()
    for name, value in {"opened": "1", "lang": lang, "ar_part": "blind", "ar_group": "servers", "room": "4b"}.items():
        app.query_params[name] = value
    app.switch_page("../pages/arena.py").run()
    assert not app.exception, app.exception[0].value
    return tell(app, kind="here")


def pressed(app: AppTest) -> AppTest:
    """Press, and wait until both have written, or one has failed."""
    app.button(key=ASK).click().run()
    until(lambda: sent(app)["texts"] or app.warning or not sent(app.run()), every=RARELY)
    return app


def test_a_server_set_on_the_chat_page_writes_both_sides(smollm2: Server) -> None:
    """One model at two temperatures, its key kept from page to page: which is which comes with the vote."""
    inside, _route = embedded.reached()
    app = set_on_chat(inside.address, inside.key.secret())
    assert sent(app)["texts"] is None
    assert sent(app)["prompt"] in PROMPTS["en"]
    pressed(app)
    texts = sent(app)["texts"]
    assert all(texts)
    assert sent(app)["names"] is None
    assert "smollm2" not in json.dumps(sent(app))
    vote(app, "a")
    assert [named(name) and named(name).temperature for name in names_in_store()] == [0.2, 1.3]  # type: ignore[union-attr]
    assert {row["name"] for row in sent(app, BOARD)["rows"]} == set(sent(app)["names"])
    (row,) = default().rows("4b")
    assert sorted(texts) == sorted([row["first_text"], row["second_text"]])
    told = [*default().rows("4b"), *(dict(app.query_params),), sent(app), sent(app, BOARD)]
    for secret in (inside.key.secret(), inside.address, "127.0.0.1"):
        assert secret not in json.dumps(told)
    asked = sent(app)
    tell(app, kind="next", round=asked["round"])
    assert sent(app)["prompt"] != asked["prompt"]
    app.button(key=STOP).click().run()  # the press for the next pair has asked both
    classmate = open_page("arena", lang="fr", ar_part="blind", ar_group="servers", room="4b")
    assert all(row["name"].startswith("smollm2 (autre serveur, ") for row in sent(classmate, BOARD)["rows"])


def names_in_store() -> list[str]:
    return sorted(name for count in default().counts("4b") for name in count[:2])


@pytest.mark.parametrize(("case", "said"), [("401", "does not accept the key"), ("empty", "is not what such a server"),
                                            ("cut", "cut off")])  # fmt: skip
def test_an_answer_that_failed_is_no_round(case: str, said: str, odd: OddServer) -> None:
    """Who failed, and why, in words; the pair gives way to one that nobody was asked; no key is shown."""
    app = set_on_chat(odd.server(case).address, KEY, model="none")
    before = len(odd.asked)
    round_before = sent(app)["round"]
    assert not app.warning
    pressed(app)
    assert len(odd.asked) > before
    assert said in app.warning[0].value
    assert "none (other server" in app.warning[0].value
    assert KEY not in app.warning[0].value
    assert sent(app)["texts"] is None
    assert sent(app)["round"] != round_before
    vote(app, "a")
    assert default().counts("4b") == []


def test_nobody_is_asked_before_a_press_and_stop_ends_both(odd: OddServer) -> None:
    """Opening the part contacts no server; a press asks both; Stop hangs up, and nothing is counted."""
    asked = len(odd.asked)
    app = set_on_chat(odd.server("drips").address, KEY, model="none")
    app.run()
    assert len(odd.asked) == asked
    odd.hung_up.clear()
    app.button(key=ASK).click().run()
    until(lambda: len(odd.asked) == asked + 2)
    temperatures = {body["temperature"] for _path, _headers, body in odd.asked[-2:]}
    assert temperatures == {0.2, 1.3}
    app.button(key=STOP).click().run()
    assert odd.hung_up.wait(20)
    until(lambda: app.run().button(key=ASK), every=RARELY)
    assert sent(app)["texts"] is None
    assert default().counts("4b") == []


def test_without_a_server_the_page_says_where_to_set_one() -> None:
    """A shared link opens; the writers that its sender had are nobody's here."""
    app = open_page("arena", lang="en", ar_part="blind", ar_group="servers", ar_server_a="mistral",
                    ar_model_a_own="\x00", ar_temperature_b="nan")  # fmt: skip
    assert not app.exception
    assert any("No server is set" in each.value for each in app.info)


def test_the_same_writer_twice_is_no_comparison(odd: OddServer) -> None:
    """Two sides with one name would be a vote on nothing: said, and no button."""
    app = set_on_chat(odd.server("fine").address, KEY, model="none")
    app.select_slider(key="ar_temperature_b").set_value(0.2).run()
    assert any("the same" in each.value for each in app.info)
    assert not [each for each in app.button if each.key == ASK]


@given(st.text(min_size=1, max_size=200), st.sampled_from([0.0, 0.7, 2.0]))
def test_every_models_name_makes_a_vote(model: str, temperature: float) -> None:
    """Paths, HTML, marks that turn the writing around, names of 200 letters: bounded, plain, and read back."""
    server = Server("http://localhost:11434/v1", model)
    one, other = Outside("ollama", server, temperature), Outside("own", server, temperature)
    Pairing(one.id, other.id, "?", 1).ballot("", "a" * 32, ("", ""), "tie")
    read = named(one.id)
    assert read is not None
    assert (read.service, read.temperature) == ("ollama", temperature)
    assert f"{read.service}:{read.model}" == one.model_id
    assert named(one.model_id) == read._replace(temperature=None)
    assert len(read.model) <= 48


def test_a_name_tells_services_apart_and_no_folder() -> None:
    """A preset's own address gives its name; another one a digest; of a path the last part stays; ours are inside."""
    here = PRESETS["mistral"].address
    assert Outside("mistral", Server(here, "mistral-small-latest"), 0.7).id == "mistral:mistral-small-latest/T0.7"
    one, other = (Outside("mistral", Server(f"https://{name}.example/v1", "m"), 0.7).id for name in "ab")
    assert one != other
    assert {one.split("-")[0], other.split("-")[0]} == {"own"}
    for path in ("/home/lea/models/tiny", "C:\\Users\\lea\\tiny", "~/tiny", "./lea/tiny/"):
        assert Outside("vllm", Server("http://localhost:1/v1", path), 0).id.endswith(":tiny/T0")
    assert named("mini@300/T0.7") is named("smollm2/T0.2") is named("strange:x") is None


def test_a_pair_is_new_while_there_are_new_questions() -> None:
    """Each question once before any comes again, both sides alike; ready ones would be kept by the store."""
    writers = tuple(Outside("ollama", Server("http://localhost:1/v1", "m"), each) for each in (0.2, 1.3))
    first, second = sorted(writer.id for writer in writers)
    seen: set[Seen] = set()
    lefts: list[str] = []
    for number in range(len(PROMPTS["fr"])):
        found = pairing((writers[0], writers[1]), "a" * 32, seen, number, PROMPTS["fr"])
        lefts.append(found.left)
        seen.add(Seen(first, second, found.prompt))
    assert {asked.prompt for asked in seen} == set(PROMPTS["fr"])
    assert set(lefts) == {first, second}
    assert max(len(prompt) for prompts in PROMPTS.values() for prompt in prompts) <= LONGEST_PROMPT


def test_who_has_two_answers_on_the_way_is_told(odd: OddServer) -> None:
    """A session has two at once: a third is refused in a word, and its pair asks nobody."""
    writers = tuple(Outside("own", odd.server("silent"), each) for each in (0.2, 1.3))
    both = Both("session", (writers[0], writers[1]), "?", 1)
    with pytest.raises(ChatError) as caught:
        Both("session", (writers[0], writers[1]), "?", 1)
    assert caught.value.kind is Kind.BUSY
    both.stop()
    until(lambda: both.look().stopped)


def test_a_server_that_takes_no_temperature_is_named_without(odd: OddServer) -> None:
    """What was not sent is in no name: at two temperatures it is one writer."""
    writers = tuple(Outside("own", odd.server("no_temperature"), each) for each in (0.2, 1.3))
    both = Both("other", (writers[0], writers[1]), "?", 1)
    until(lambda: both.look().is_over)
    looked: Any = both.look()
    assert looked.texts == ("fine!…", "fine!…") or looked.texts == ("fine!", "fine!")
    assert set(looked.names) == {writers[0].model_id}
