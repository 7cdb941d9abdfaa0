"""A conversation with the real embedded model: what is sent again, what falls out, what is stopped, what fails."""

from __future__ import annotations

from core.chat import answering, embedded
from core.chat.answering import State
from core.chat.conversation import Conversation
from core.chat.errors import Kind
from core.chat.missions import forgotten
from core.chat.received import receive
from core.chat.requests import How
from core.chat.servers import Server, server_of
from core.chat.templates import Part
from tests.helpers import until

SHORT = How(temperature=0.0, tokens=12)
FEW = How(tokens=4, system=".")


def over(talk: Conversation) -> None:
    until(lambda: not talk.is_busy)


def test_everything_is_sent_again(smollm2: Server) -> None:
    """The second question brings the first one and its answer; what was received says so, token by token."""
    talk = Conversation("one")
    talk.send("Which city is the capital of France?", smollm2, SHORT)
    over(talk)
    state, _place, answer = talk.turns[0].snapshot()
    assert (state, answer.error) == (State.FINISHED, None)
    assert "Paris" in answer.text
    talk.send("And of Italy?", smollm2, SHORT)
    over(talk)
    received = talk.turns[1].received
    assert received is not None
    assert answer.text in (received.text or "")
    assert received.count(Part.USER)
    assert received.count(Part.ASSISTANT)
    assert [message["role"] for message in talk.messages()] == ["user", "assistant"] * 2
    assert talk.asked() == talk.messages()[:-1]


def test_old_messages_fall_out_of_a_small_window(smollm2: Server) -> None:
    """In 64 tokens the first turn falls out; the question never does; one that is too long alone is refused."""
    talk = Conversation("two")
    talk.send("My name is Bartholomew.", smollm2, SHORT, window=64)
    over(talk)
    talk.send("What is my name?", smollm2, SHORT, window=64)
    over(talk)
    received = talk.turns[1].received
    assert (talk.turns[1].window, talk.turns[1].fallen) == (64, 2)
    assert received is not None
    assert "Bartholomew" not in (received.text or "")
    assert forgotten(talk.turns) == ("bartholomew" not in talk.turns[1].snapshot()[2].text.lower())
    talk.send("word " * 80, smollm2, SHORT, window=64)
    over(talk)
    error = talk.turns[2].snapshot()[2].error
    assert error is not None
    assert error.kind is Kind.TOO_LONG


def test_stop_keeps_what_came_and_again_replaces_it(smollm2: Server) -> None:
    """Stopped in the middle, the text stays; written again, the turn is replaced; begun anew, nothing is left."""
    talk = Conversation("three")
    talk.send("Tell me a very long story about a dragon.", smollm2, How(temperature=0.0, tokens=150))
    until(lambda: talk.turns[0].snapshot()[2].text)
    talk.stop()
    over(talk)
    state, _place, answer = talk.turns[0].snapshot()
    assert state is State.STOPPED
    assert answer.text
    talk.again(smollm2, SHORT)
    over(talk)
    assert len(talk.turns) == 1
    assert talk.turns[0].snapshot()[0] is State.FINISHED
    talk.begin_anew()
    assert (talk.turns, talk.begun, talk.is_live) == ([], 1, False)


def test_a_server_that_is_not_there_fails_and_the_conversation_goes_on(smollm2: Server) -> None:
    """Nothing listens there: the turn says so; the next question goes to another server, the failed one sent along."""
    talk = Conversation("four")
    talk.send("Hello", server_of("http://127.0.0.1:9/v1", "nobody"), SHORT)
    over(talk)
    state, _place, answer = talk.turns[0].snapshot()
    assert state is State.FAILED
    assert answer.error is not None
    assert answer.error.kind is Kind.UNREACHABLE
    talk.send("Are you there?", smollm2, SHORT)
    over(talk)
    assert talk.turns[1].snapshot()[0] is State.FINISHED


def test_what_the_model_receives_is_looked_up_while_it_answers(smollm2: Server) -> None:
    """The first letters are waited for, not more; at the end what was received is known as it always was."""
    talk = Conversation("five")
    talk.send("Which city is the capital of France?", smollm2, How(temperature=0.0, tokens=60))
    talk.wait_for_letters(60)
    state, place, answer = talk.turns[0].snapshot()
    assert (state, place, bool(answer.text)) == (State.WRITING, 0, True)
    over(talk)
    found = talk.turns[0].received
    assert found == receive(smollm2, talk.asked(), How(temperature=0.0, tokens=60))
    talk.wait_for_letters(60)  # of what is over, none are waited for


def test_thirty_who_send_together_are_answered_in_their_turn(smollm2: Server) -> None:
    """Each knows their place; Stop and a closed tab give it back, to all behind; nobody else's answer is missing.

    At most as many are written as the model has slots.
    """
    talks = [Conversation(f"student {at}") for at in range(30)]
    for at, talk in enumerate(talks):
        talk.send(f"Count from {at}.", smollm2, FEW)
    for talk in talks:
        talk.wait_for_letters(60)  # until its place is known, if it is not written at once
    busy, lane = len(answering._inside.writing), answering._inside.waiting
    assert busy <= embedded.SLOTS
    last = [one.session for one in lane[-4:]]
    before = lane[-1].snapshot().place
    stopped, left, *_others = [talks[int(session.split()[1])] for session in last]
    stopped.stop()
    answering.forget(left.session)
    assert talks[int(last[-1].split()[1])].turns[0].snapshot()[1] <= before - 2
    for talk in talks:
        over(talk)
    assert [talk.turns[0].snapshot()[0] for talk in (stopped, left)] == [State.STOPPED] * 2
    ends = [talk.turns[0] for talk in talks if talk not in (stopped, left)]
    assert {turn.snapshot()[0] for turn in ends} == {State.FINISHED}
    assert all(turn.received is not None and turn.question in (turn.received.text or "") for turn in ends)
    assert all(turn.snapshot()[2].text for turn in ends)
    assert not answering._inside.writing + answering._inside.waiting
