"""One question answered twice at the same time: without and with a document, by two models, at two temperatures."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from core.chat.conversation import Conversation


class Beside(ABC):
    """Conversations of one turn each, which stand beside each other."""

    @property
    @abstractmethod
    def talks(self) -> Sequence[Conversation]:
        """The conversations, as they stand from left to right."""

    @property
    def is_busy(self) -> bool:
        """Whether an answer is on its way."""
        return any(talk.is_busy for talk in self.talks)

    @property
    def answers(self) -> tuple[str, ...]:
        """What has come of each."""
        return tuple(talk.turns[-1].snapshot()[2].text for talk in self.talks)

    def stop(self) -> None:
        """Write no more of any."""
        for talk in self.talks:
            talk.stop()
