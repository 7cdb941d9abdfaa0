"""A model fetched from a hub, and how that can go wrong."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import GPT2Config, GPT2LMHeadModel

from core.language_models import catalogue, decoding
from core.language_models import files as model_files
from core.language_models.files import DownloadError, File, Repository
from core.language_models.sampling import Sampling
from core.tasks.mini_gpt2 import published


class Hub(ThreadingHTTPServer):
    """A server that speaks the hub's protocol: /name/resolve/revision/file, redirects to storage, byte ranges."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), HubRequest)
        self.files, self.cut_after = files, 0
        self.ranges: list[tuple[str, int]] = []


class HubRequest(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        name = self.path.rsplit("/", 1)[1]
        if "/resolve/" in self.path:
            self.send_response(302)
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/storage/{name}")
            self.end_headers()
            return
        data = self.server.files[name]
        begin = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        self.server.ranges.append((name, begin))
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(data) - begin))
        self.end_headers()
        rest = data[begin:]
        self.wfile.write(rest[: self.server.cut_after] if self.server.cut_after else rest)

    def log_message(self, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def small_gpt2(tmp_path: Path) -> dict[str, bytes]:
    """Return the files of a small model in GPT-2's layout, as the hub has them."""
    folder = tmp_path / "published"
    config = GPT2Config(vocab_size=1024, n_positions=64, n_embd=64, n_layer=2, n_head=2, bos_token_id=0, eos_token_id=0)
    torch.manual_seed(0)
    GPT2LMHeadModel(config).save_pretrained(folder)
    published.tokenizer().save(str(folder / "tokenizer.json"))
    return {name: (folder / name).read_bytes() for name in ("config.json", "tokenizer.json", "model.safetensors")}


@pytest.fixture
def hub(small_gpt2: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Hub]:
    """Serve them, and let GPT-2 be this repository."""
    server = Hub(small_gpt2)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("CURSEURS_MODELS", str(tmp_path / "models"))
    files = {name: File(len(data), hashlib.sha256(data).hexdigest()) for name, data in small_gpt2.items()}
    monkeypatch.setattr(catalogue, "GPT2", Repository("openai-community/gpt2", "f" * 40, files))
    catalogue._loaded.clear()
    yield server
    server.shutdown()
    catalogue._loaded.clear()


def fetch(**options: Any) -> None:
    model_files.fetch(catalogue.GPT2, catalogue.gpt2_folder(), **options)


def test_a_download_arrives_whole_tells_its_progress_and_writes(hub: Hub) -> None:
    """Missing, fetched, available; the progress rises to the whole size; the model then writes like transformers'."""
    assert not catalogue.available("gpt2")
    with pytest.raises(catalogue.ModelMissing):
        catalogue.load("gpt2")
    told: list[int] = []
    fetch(progress=told.append)
    assert told == sorted(told)
    assert told[-1] == catalogue.GPT2.bytes
    assert catalogue.available("gpt2")
    loaded = catalogue.load("gpt2")
    ids = loaded.prompt("Il était")
    numbers = decoding.uniforms(1)
    steps = decoding.write(loaded.model, ids, Sampling(temperature=0), numbers, tokens=8, context=64)
    given = torch.tensor([ids])
    theirs = loaded.model.generate(given, attention_mask=torch.ones_like(given), max_new_tokens=8, do_sample=False,
                                   eos_token_id=None, pad_token_id=0)  # fmt: skip
    assert [step.token for step in steps] == theirs[0, len(ids) :].tolist()


def test_a_stopped_download_continues_where_it_ended(hub: Hub) -> None:
    """Stop keeps what was received; the next download asks for the rest only, and the file is right."""
    asked = 0

    def stop_soon() -> bool:
        nonlocal asked
        asked += 1
        return asked > 5

    with pytest.raises(DownloadError) as stopped:
        fetch(cancelled=stop_soon)
    assert stopped.value.cause == "cancelled"
    assert not catalogue.available("gpt2")
    fetch()
    assert catalogue.available("gpt2")


def test_a_broken_connection_continues_where_it_broke(hub: Hub) -> None:
    """The server hangs up in the middle: an error that says so, and the next try sends the rest from that byte."""
    hub.cut_after = 10_000
    for _ in range(2):
        with pytest.raises(DownloadError) as broken:
            fetch()
    assert broken.value.cause == "network"
    hub.cut_after = 0
    hub.ranges.clear()
    fetch()
    assert any(begin > 0 for _, begin in hub.ranges)
    assert catalogue.load("gpt2").model.config.n_layer == 2


def test_a_wrong_file_is_thrown_away(hub: Hub, small_gpt2: dict[str, bytes]) -> None:
    """Bytes that are not the published ones are never used and not kept; the right ones are taken afterwards."""
    right = small_gpt2["model.safetensors"]
    hub.files["model.safetensors"] = right[:-1] + bytes([right[-1] ^ 1])
    with pytest.raises(DownloadError) as wrong:
        fetch()
    assert wrong.value.cause == "hash"
    assert not list(catalogue.gpt2_folder().glob("model.safetensors*"))
    hub.files["model.safetensors"] = right
    fetch()
    assert catalogue.available("gpt2")


def test_a_damaged_file_on_disk_is_found_out_and_fetched_again(hub: Hub) -> None:
    """One byte changed on the disk: not loaded, offered again, fetched again."""
    fetch()
    path = catalogue.gpt2_folder() / "model.safetensors"
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(catalogue.ModelMissing):
        catalogue.load("gpt2")
    assert not catalogue.available("gpt2")
    fetch()
    assert catalogue.load("gpt2")


def test_without_a_network_it_is_said(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers: an error of the network, nothing half written is taken for a model."""
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(DownloadError) as unreachable:
        fetch()
    assert unreachable.value.cause == "network"
    assert not catalogue.available("gpt2")


def test_a_folder_that_cannot_be_written_is_said(hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file stands where the folder should be, as on a full or read-only disk: an error of the disk."""
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("CURSEURS_MODELS", str(tmp_path / "taken"))
    with pytest.raises(DownloadError) as full:
        fetch()
    assert full.value.cause == "disk"
