"""The code beside the conversation: the same question through OpenAI's client, to whatever server was chosen."""

from __future__ import annotations

from collections.abc import Sequence

from core.chat.requests import How, Message
from core.chat.servers import Server
from core.notebooks import Translate, cell

LLAMA_CPP = "http://localhost:8080/v1"
"""Where llama.cpp's server listens when nothing else is said."""


def sources(messages: Sequence[Message], how: How, server: Server, _: Translate) -> dict[str, str]:
    """Return the code by version; the key is never in it.

    Args:
        messages: the conversation, the last question included.
        how: the settings.
        server: who is asked; the course's own stands for a llama.cpp on the student's machine.
        _: translates.
    """
    address, model = (LLAMA_CPP, "smollm2") if server.inside else (server.address, server.model)
    said = _("an answer in pieces, as they are written")
    return {
        "openai": "\n".join([
            cell(
                _("The server, and the conversation"),
                f"""
import os

from openai import OpenAI

client = OpenAI(base_url={address!r}, api_key=os.environ.get("CHAT_KEY", "none"))
messages = {how.messages(messages)!r}
""",
            ),
            cell(
                _("Ask, and read the answer piece by piece"),
                f"""
stream = client.chat.completions.create(  # {said}
    model={model!r},
    messages=messages,
    temperature={how.temperature!r},
    top_p={how.top_p!r},
    max_tokens={how.tokens!r},
    seed={how.seed!r},
    stream=True,
)
answer = ""
for chunk in stream:
    if chunk.choices and chunk.choices[0].delta.content:
        answer += chunk.choices[0].delta.content
        print(chunk.choices[0].delta.content, end="", flush=True)
""",
            ),
        ])
    }  # fmt: skip
