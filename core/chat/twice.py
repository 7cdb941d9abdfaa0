"""A question asked twice of one model, here and now: as it stands, and with its cure."""

from __future__ import annotations

from dataclasses import replace

from core.chat.answering import State
from core.chat.answers import Answer
from core.chat.beside import Beside
from core.chat.conversation import Conversation, Turn
from core.chat.cures import Cure
from core.chat.limitations import Pair, judged
from core.chat.requests import How
from core.chat.servers import Server


class Twice(Beside):
    """Two conversations of one question; made, both are being answered.

    Attributes:
        question: all that is sent with the cure.
        server: who is asked.
        without, cured: the conversations.
    """

    def __init__(self, session: str, server: Server, cure: Cure, how: How) -> None:
        self.question, self.server, self._cure = cure.sent, server, cure
        self.without, self.cured = Conversation(session), Conversation(session)
        for said, answer in cure.before:
            turn = Turn(said, server)
            turn.end(State.FINISHED, Answer(text=answer))
            self.cured.turns.append(turn)
        self.without.send(cure.question, server, replace(how, system=""))
        self.cured.send(cure.question, server, replace(how, system=cure.system))

    @property
    def talks(self) -> tuple[Conversation, Conversation]:
        """As the question stands, then with the cure."""
        return self.without, self.cured

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""
        return not self.is_busy

    def snapshot(self) -> Pair:
        """Return what has come of both, judged once both are whole."""
        without, cured = (talk.turns[-1].snapshot() for talk in (self.without, self.cured))
        pair = judged(self._cure, without[2].text, cured[2].text)
        return pair if without[0] == cured[0] == State.FINISHED else replace(pair, effect="")
