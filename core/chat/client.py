"""One interface for every server that answers as OpenAI's does: a question in, what comes of the answer out.

The `openai` client speaks the protocol; where it goes, how long it waits and what it may tell is ours. It retries
nothing by itself and follows no redirect. It is made for one question and closed after, and never sees the key, which
the transport adds.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import limits
from core.chat import budget, capabilities, chunks, requests, schemas
from core.chat.answers import Answer, End, Event, Sent
from core.chat.errors import ChatError, Kind
from core.chat.line import Line, Patience
from core.chat.reach import Reach
from core.chat.requests import How, Message, Wish
from core.chat.servers import Server

if TYPE_CHECKING:
    import httpx2
    from openai import Stream
    from openai.types.chat import ChatCompletionChunk

TRIES = 4
"""Of one question: a server may name one field a time that it does not take."""
LONGEST_TOKEN = 60
"""Characters that a token has at most, on average: a server that sends more does not count as it was told to."""
CONVERSATION = 10
"""How many texts of the length that `core.limits` allows a conversation may hold."""
MOST_MODELS = 1_000


@dataclass(frozen=True)
class _Question:
    """What is asked, of whom."""

    server: Server
    conversation: Sequence[Message]
    how: How
    wish: Wish

    @property
    def prompt(self) -> str:
        """All that the model reads of it, but for what a template adds."""
        return "".join(str(message.get("content") or "") for message in self.how.messages(self.conversation))

    def body(self, refused: frozenset[str]) -> dict[str, Any]:
        """Return it as JSON, without the fields that are refused."""
        return requests.body(self.server.model, self.conversation, self.how, self.wish, refused)


def ask(
    server: Server,
    conversation: Sequence[Message],
    how: How | None = None,
    wish: Wish | None = None,
    line: Line | None = None,
) -> Iterator[Event]:
    """Yield what comes of an answer, as it comes; a caller that closes the iterator closes the connection.

    Args:
        server: who is asked.
        conversation: the messages, the question last; the system message is in `how`.
        how: the settings.
        wish: what is asked besides text.
        line: how long the server may take, and how to stop it from another thread.

    Raises:
        ChatError: there is no answer, or no more of it; what was yielded before stays true.
    """
    question = _Question(server, conversation, how or How(), wish or Wish())
    begun, allowed, prompt = time.perf_counter(), limits.current(), question.prompt
    if len(prompt) > CONVERSATION * allowed.prompt:
        raise ChatError(Kind.TOO_LONG, reason="letters")
    answer, reach = Answer(), Reach(server, line or Line(Patience()))
    with _budget(server).spend(budget.tokens_of(prompt) + min(question.how.tokens, allowed.tokens)) as cost:
        try:
            with reach as http:
                for event in _events(question, reach, http, answer, begun):
                    answer.take(event)
                    yield event
        finally:
            cost.tokens = _cost(answer, prompt)
        reach.end()
    if reach.stopped:
        yield End("stopped", time.perf_counter() - begun)
    elif answer.reason != "limit":
        _learn(question, answer)


def _budget(server: Server) -> budget.Budget:
    return budget.Budget(None, None) if server.inside else budget.default()


def _cost(answer: Answer, prompt: str) -> int:
    """Return the tokens that a question has cost, as well as it is known; nothing where it was never sent."""
    if answer.usage is not None:
        return answer.usage.prompt + answer.usage.answer
    return budget.tokens_of(prompt + answer.thoughts + answer.text) if answer.sent else 0


def _events(question: _Question, reach: Reach, http: httpx2.Client, answer: Answer, begun: float) -> Iterator[Event]:
    """Send a question and yield what comes; `answer` is what has been yielded, `begun` when it was asked."""
    asked, came = _send(question, reach, http)
    yield Sent(asked)
    reason = ""
    is_whole = "json" in came.response.headers.get("content-type", "")
    if is_whole:
        capabilities.learn(question.server, streams=False)
    for chunk in [json.loads(came.response.read())] if is_whole else came:
        for event in chunks.read(_json(chunk), time.perf_counter() - begun):
            if isinstance(event, str):
                reason = event
                continue
            reach.line.heard()  # a chunk that only names a role is no piece: the prompt is still being read
            yield event
        if _is_endless(answer, asked):
            reason = "limit"
            break
    if reach.line.why is not None:  # a cut connection may look like the end of a stream
        raise ChatError(Kind.SLOW, reason=reach.line.why)
    if not reason:
        raise ChatError(Kind.CUT) if answer.pieces or answer.calls else ChatError(Kind.NONSENSE, reason="empty")
    yield End(reason, time.perf_counter() - begun)


def _json(chunk: Any) -> object:
    """Return a chunk as it came; the client makes objects of what has about the right shape."""
    return chunk.to_dict(warnings=False) if hasattr(chunk, "to_dict") else chunk


def _is_endless(answer: Answer, asked: Mapping[str, Any]) -> bool:
    """Whether a server goes on after the length that it was given: no piece is less than a token."""
    most = asked.get("max_tokens") or asked.get("max_completion_tokens") or limits.current().tokens
    parts = len(answer.pieces) + sum(len(call.arguments) for call in answer.calls) / LONGEST_TOKEN
    return bool(parts > most or len(answer.text) + len(answer.thoughts) > LONGEST_TOKEN * most)


def _send(
    question: _Question, reach: Reach, http: httpx2.Client
) -> tuple[dict[str, Any], Stream[ChatCompletionChunk]]:  # fmt: skip
    """Send a question; where a server does not take a field, ask again without, and remember that."""
    import openai

    from core.chat import faults

    client = openai.OpenAI(api_key="-", base_url=reach.route.address.base, http_client=http, max_retries=0)
    before = refused = capabilities.of(question.server).refused
    for left in reversed(range(TRIES)):
        asked = question.body(refused)
        messages, model = asked["messages"], asked["model"]
        rest = {name: value for name, value in asked.items() if name not in requests.NEEDED}
        try:
            came = client.chat.completions.create(messages=messages, model=model, stream=True, extra_body=rest)
            break
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            fault = faults.of_response(error.response, question.server.key)
            more = requests.offending(asked, faults.words_of(error.response))
            if fault.kind is not Kind.REJECTED or not left or not more:
                raise
            refused |= more
    if refused != before:
        capabilities.learn(question.server, refused=refused)
    return asked, came


def _learn(question: _Question, answer: Answer) -> None:
    """Note what a whole answer shows of its server."""
    wish = question.wish
    has_to_call = wish.tool_choice not in {"", "auto", "none"}
    capabilities.learn(
        question.server,
        streams=len(answer.pieces) > 1 or None,
        usage=answer.usage is not None,
        logprobs=bool(answer.tokens) if wish.alternatives and answer.pieces else None,
        tools=bool(answer.calls) or (False if has_to_call else None) if wish.tools else None,
        tool_choice=bool(answer.calls) if wish.tools and has_to_call else None,
        schema=schemas.keeps(wish.schema, answer.text) if wish.schema and answer.reason != "length" else None,
    )


def models(server: Server, line: Line | None = None) -> list[str]:
    """Return the names of the models that a server says it has; contacts it.

    Raises:
        ChatError: it does not say, or cannot be reached.
    """
    from core.chat import faults

    reach, names = Reach(server, line or Line(Patience(first=10, total=20))), []
    with reach as http:
        response = http.get(f"{reach.route.address.base}/models")
        if not response.is_success:
            raise faults.of_response(response, server.key)
        names = chunks.names(response.json())[:MOST_MODELS]
    try:
        reach.end()
    except ChatError as error:
        if error.kind in {Kind.NOT_FOUND, Kind.REJECTED, Kind.SERVER_ERROR, Kind.NONSENSE}:
            capabilities.learn(server, models=False)
        raise
    capabilities.learn(server, models=bool(names))
    return names
