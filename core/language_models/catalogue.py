"""Three real language models behind one interface: ours, one from PyPI, one from the hub.

A description costs nothing and needs no torch; `load` is called on the workers, once on each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from cachetools import LRUCache

from core import limits
from core.files import sha256_of
from core.language_models import files as model_files
from core.language_models import smollm2
from core.language_models.files import Download, File, Repository
from core.language_models.graphemes import bytes_of
from core.once import once
from core.stories.french import typeset
from core.tasks.mini_gpt2 import published

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import PreTrainedModel

GPT2 = Repository(
    "openai-community/gpt2",
    "607a30d783dfa663caf39e06633721c8d4cfcd7e",
    {
        "config.json": File(665, "0daed7749b4f02b8f76240d5444551d7b08712dab4d0adb8239c56ba823bb7b4"),
        "tokenizer.json": File(1_355_256, "8414cab924d8b9b33013f0d221c5862f365ee9be39c5c2bfae8a5a9e970478a6"),
        "model.safetensors": File(548_105_171, "248dfc3911869ec493c76e65bf2fcf7f615828b0254c12b473182f0f81d3a707"),
    },
)
"""GPT-2, 124 million parameters (Radford et al. 2019; MIT)."""
ROOM = 700_000_000
"""Bytes of models that a process keeps: GPT-2 or SmolLM2 (half a gigabyte each) beside the mini GPT-2 at every age."""


class ModelMissing(RuntimeError):
    """The model is not on this machine, or its files are damaged."""


@dataclass(frozen=True)
class Description:
    """What is known of a model without loading it.

    Attributes:
        id: its stable identifier, in links.
        name: its own name.
        parameters: how many it has.
        bytes: what has to be fetched or read the first time.
        context: the most tokens it can look back on.
        start: the text of the tokens before every prompt, written for the model only.
        turn: what surrounds a prompt, `{}` in the middle.
    """

    id: str
    name: str
    parameters: int
    bytes: int
    context: int
    start: str = ""
    turn: str = "{}"


MODELS = {
    "mini": Description("mini", "Mini GPT-2", 1_122_720, 2_300_000, 192, start="<|endoftext|>"),
    "smollm2": Description(
        "smollm2", "SmolLM2-135M-Instruct", 134_515_008, 98_000_000, 2_048,
        turn="<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n",
    ),
    "gpt2": Description("gpt2", "GPT-2", 124_439_808, GPT2.bytes, 1_024),
}  # fmt: skip
_NAME = re.compile(r"mini@(\d{1,6})")


def description(name: str) -> Description:
    """Return what is known of a model; `mini@300` is the mini GPT-2 after 300 updates.

    Raises:
        KeyError: there is no such model.
    """
    return MODELS["mini" if _NAME.fullmatch(name) else name]


def available(name: str) -> bool:
    """Whether a model can be loaded now, without a network, and a class may."""
    if not limits.current().allows(name):
        return False
    if name == "smollm2":
        return smollm2.converted() or smollm2.package() is not None
    if name == "gpt2":
        return model_files.present(GPT2, gpt2_folder())
    try:
        kept = published.checkpoints()
    except published.WeightsError:
        return False
    found = _NAME.fullmatch(name)
    return name == "mini" or bool(found and int(found[1]) in kept)


def gpt2_folder() -> Path:
    """Return where GPT-2's files are kept."""
    return model_files.folder() / "gpt2"


@once()
def gpt2_download() -> Download:
    """Return this server's download of GPT-2."""
    return Download(GPT2, gpt2_folder())


@dataclass(frozen=True)
class LanguageModel:
    """A loaded model with its tokenizer.

    Attributes:
        name: as it was asked for.
        model: in eval mode, float32; eager attention.
        tokenizer: text to tokens.
        context: the most tokens it can look back on.
        end: the token that ends a text.
    """

    name: str
    model: PreTrainedModel
    tokenizer: Tokenizer = field(repr=False)
    context: int
    end: int

    def encode(self, text: str) -> list[int]:
        """Return a student's text as tokens; what looks like a special token in it is plain text."""
        ids: list[int] = self.tokenizer.encode(prepare(self.name, text), add_special_tokens=False).ids
        return ids

    def prompt(self, text: str) -> list[int]:
        """Return the tokens that the model is given: a start, the text, and what surrounds it."""
        about = description(self.name)
        before, after = about.turn.split("{}")
        return self.special(about.start + before) + self.encode(text) + self.special(after) or [self.end]

    @property
    def nbytes(self) -> int:
        """What its parameters weigh in memory, in bytes."""
        return sum(weight.numel() * weight.element_size() for weight in self.model.parameters())

    @cached_property
    def vocabulary(self) -> list[bytes]:
        """The bytes of every token."""
        return vocabulary_of(self.tokenizer, self.model.config.vocab_size)

    @cached_property
    def _reader_of_marks(self) -> Tokenizer:
        """A second tokenizer, for which <|im_start|> is one token: the first may be serving another student."""
        reader = _copy(self.tokenizer)
        reader.encode_special_tokens = False
        return reader

    def special(self, text: str) -> list[int]:
        """Return the tokens of a text in which marks such as <|im_start|> are single tokens."""
        if not text:
            return []
        ids: list[int] = self._reader_of_marks.encode(text, add_special_tokens=False).ids
        return ids


def prepare(name: str, text: str) -> str:
    """Return the text as the model's corpus is written, cut to what can be read."""
    text = text[: limits.current().prompt]
    return typeset(text) if description(name).id == "mini" else text


def vocabulary_of(tokenizer: Tokenizer, size: int) -> list[bytes]:
    """Return the bytes of every token; an id without a token has none."""
    special = tokenizer.get_added_tokens_decoder()
    names: Sequence[str | None] = [tokenizer.id_to_token(number) for number in range(size)]
    return [bytes_of(token or "", number in special) for number, token in enumerate(names)]


def load(name: str) -> LanguageModel:
    """Return a model, loaded once in a process and kept while there is room: many small ones, or one large one.

    Raises:
        ModelMissing: it is not on this machine, its files are not the published ones, or a class may not use it.
        KeyError: there is no such model.
    """
    with _loading:  # the worker's own thread warms a model while another one writes
        if name not in _loaded:
            needed = min(4 * description(name).parameters, ROOM)
            while _loaded and _loaded.currsize + needed > ROOM:
                _loaded.popitem()  # before the next one is read: two large ones never stand side by side
            _loaded[name] = _read(name)
        return _loaded[name]


_loading = RLock()
_loaded: LRUCache[str, LanguageModel] = LRUCache(ROOM, getsizeof=lambda loaded: min(loaded.nbytes, ROOM))


def _read(name: str) -> LanguageModel:
    about = description(name)
    if not limits.current().allows(name):
        raise ModelMissing(name)
    if about.id == "mini":
        return _load_mini(name)
    if about.id == "smollm2":
        if not smollm2.converted() or not smollm2.intact():
            if smollm2.package() is None:
                raise ModelMissing(name)
            smollm2.convert()
        return from_folder(name, smollm2.cache())
    if not model_files.present(GPT2, gpt2_folder()):
        raise ModelMissing(name)
    for file, expected in GPT2.files.items():
        if sha256_of(gpt2_folder() / file) != expected.sha256:
            (gpt2_folder() / file).unlink()
            raise ModelMissing(name)
    return from_folder(name, gpt2_folder())


def from_folder(name: str, folder: Path) -> LanguageModel:
    """Load a model from a folder in the hub's layout; no code of it is run, nothing is fetched."""
    import torch
    from tokenizers import Tokenizer
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, local_files_only=True, attn_implementation="eager", use_safetensors=True
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return _ready(name, model, tokenizer)


def _load_mini(name: str) -> LanguageModel:
    found = _NAME.fullmatch(name)
    try:
        model = published.load_checkpoint(int(found[1]) if found else None)
        return _ready(name, model, _copy(published.tokenizer()))  # the cached one belongs to others too
    except published.WeightsError as error:
        raise ModelMissing(str(error)) from error


def _copy(tokenizer: Tokenizer) -> Tokenizer:
    return type(tokenizer).from_str(tokenizer.to_str())


def _ready(name: str, model: Any, tokenizer: Tokenizer) -> LanguageModel:
    config = model.config
    context = int(getattr(config, "n_positions", 0) or config.max_position_embeddings)
    tokenizer.encode_special_tokens = True
    ends = config.eos_token_id
    end = int(ends[0] if isinstance(ends, list) else ends if ends is not None else 0)
    return LanguageModel(name, model.eval(), tokenizer, min(context, description(name).context), end)
