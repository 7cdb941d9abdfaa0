"""The sentences on documents and on memory, computed from the recorded answers."""

from __future__ import annotations

from core.chat.compared import READY, holds, recorded
from core.chat.presets import recorded as conversation


def test_twice() -> None:
    """Each ready question was answered without and with its passages, and only what is before it differs."""
    for name, told in recorded().items():
        assert told["sent"].endswith(READY[name].question)
        assert told["without"]["answer"] != told["with"]["answer"]


def test_misread() -> None:
    """The passage that was added holds the answer, and the model did not give it."""
    told, word = recorded()["lessons"], READY["lessons"].word
    assert holds(told["sent"], word)
    assert not holds(told["with"]["answer"], word)


def test_oldest_falls() -> None:
    """In the recorded small window the first messages fall out: what is sent is the rest, to the last question."""
    turns = conversation("window")
    last = turns[-1]
    assert last["fallen"] > 0
    sent = [message["content"] for message in last["received"]["sent"] if message["role"] != "system"]
    said = [text for turn in turns for text in (turn["question"], turn["answer"])][:-1]
    assert sent == said[last["fallen"] :]
