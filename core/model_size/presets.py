"""Models to begin with, each with its published configuration and where that is published."""

from __future__ import annotations

from dataclasses import dataclass

from core.model_size.blocks import Block, of_decoder, of_letters
from core.model_size.model import Decoder
from core.once import once
from core.tasks.letters.settings import LettersSettings
from core.tasks.mini_gpt2.settings import MiniGPT2Settings


@dataclass(frozen=True)
class Source:
    """Where a model was published.

    Attributes:
        article: its authors and year.
        url: of the article.
        table: of the article, with the sizes.
        section: of the article, that speaks of the size.
        card: the repository of Hugging Face whose config.json holds the configuration.
        prints: the parameters that the article prints, where it leaves out the vocabulary and GPT-2's is taken.
    """

    article: str
    url: str
    table: str = ""
    section: str = ""
    card: str = ""
    prints: float | None = None


@dataclass(frozen=True)
class Preset:
    """A model that has a name.

    Attributes:
        id: a stable identifier, for the address.
        name: as its authors write it; the page has its own words for the two networks of the course.
        year: of its publication.
        source: of its configuration; None for the mini GPT-2, which was trained for the course.
        decoder: its configuration; None for the network on letters, and where none was published.
        letters: the settings and the alphabet of the network on letters, which is no decoder.
    """

    id: str
    name: str
    year: int
    source: Source | None
    decoder: Decoder | None = None
    letters: tuple[LettersSettings, int] | None = None

    @property
    def published(self) -> bool:
        """Whether its size is known at all."""
        return self.decoder is not None or self.letters is not None

    @property
    def blocks(self) -> Block | None:
        """The tree of its parameters; None where none was published."""
        if self.decoder is not None:
            return of_decoder(self.decoder)
        return of_letters(*self.letters) if self.letters is not None else None


LETTERS = 37
"""Characters of the course's list of words, the end among them; a test reads the list."""
_ARXIV = "https://arxiv.org/abs/"
GPT4 = Source("OpenAI 2023", _ARXIV + "2303.08774", section="2")
"""“… this report contains no further details about the architecture (including model size), hardware, training compute,
dataset construction, training method, or similar.”"""
GPT2_ARTICLE = "https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf"


@once()
def presets() -> dict[str, Preset]:
    """Return every preset by its identifier, oldest architecture and smallest first, GPT-4 last."""
    found = [_letters(), _mini_gpt2(), *_gpt2s(), _gpt3(), *_llamas(), *_mistrals()]
    return {preset.id: preset for preset in [*found, Preset("gpt4", "GPT-4", 2023, GPT4)]}


def _letters() -> Preset:
    source = Source("Bengio et al. 2003", "https://www.jmlr.org/papers/v3/bengio03a.html")  # without direct connections
    return Preset("letters", "Bengio 2003", 2003, source, letters=(LettersSettings(), LETTERS))


def _mini_gpt2() -> Preset:
    ours = MiniGPT2Settings()
    decoder = Decoder(family="gpt2", layers=ours.layers, width=ours.width, heads=ours.heads,
                      vocabulary=ours.vocabulary, context=ours.context)  # fmt: skip
    return Preset("mini_gpt2", "mini GPT-2", 2026, None, decoder)


def _gpt2s() -> list[Preset]:
    sizes = {"gpt2": (12, 768, 12), "gpt2-medium": (24, 1_024, 16), "gpt2-large": (36, 1_280, 20),
             "gpt2-xl": (48, 1_600, 25)}  # fmt: skip
    names = {"gpt2": "GPT-2", "gpt2-medium": "GPT-2 medium", "gpt2-large": "GPT-2 large", "gpt2-xl": "GPT-2 XL"}
    return [
        Preset(key.replace("-", "_"), names[key], 2019,
               Source("Radford et al. 2019", GPT2_ARTICLE, table="2", card=f"openai-community/{key}"),
               Decoder(family="gpt2", layers=layers, width=width, heads=heads, vocabulary=50_257, context=1_024))
        for key, (layers, width, heads) in sizes.items()
    ]  # fmt: skip


def _gpt3() -> Preset:
    """Return GPT-3: "the same model and architecture as GPT-2", whose tokens and tied head are taken over here.

    With them it has 174.6 billions; the article writes 175.0. That its layers look at the whole text and at its end by
    turns changes no parameter.
    """
    decoder = Decoder(family="gpt2", layers=96, width=12_288, heads=96, vocabulary=50_257, context=2_048)
    source = Source("Brown et al. 2020", _ARXIV + "2005.14165", table="2.1", prints=175e9)
    return Preset("gpt3", "GPT-3 175B", 2020, source, decoder)


def _llama(**given: int | bool) -> Decoder:
    return Decoder.from_family("llama", **given)


def _llama_3(size: str) -> Source:
    article = _ARXIV + "2407.21783"
    return Source("Grattafiori et al. 2024", article, table="3", card=f"meta-llama/Meta-Llama-3-{size}")


def _llamas() -> list[Preset]:
    common = {"heads": 32, "kv_heads": 8, "vocabulary": 128_256, "context": 8_192, "tied": False}
    small = _llama(layers=30, width=576, heads=9, kv_heads=3, feed_forward=1_536, vocabulary=49_152, context=8_192,
                   tied=True)  # fmt: skip
    source = Source("Allal et al. 2025", _ARXIV + "2502.02737", card="HuggingFaceTB/SmolLM2-135M")
    eight = _llama(**common, layers=32, width=4_096, feed_forward=14_336)
    seventy = _llama(**(common | {"heads": 64}), layers=80, width=8_192, feed_forward=28_672)
    return [
        Preset("smollm2_135m", "SmolLM2-135M", 2024, source, small),
        Preset("llama3_8b", "Llama 3 8B", 2024, _llama_3("8B"), eight),
        Preset("llama3_70b", "Llama 3 70B", 2024, _llama_3("70B"), seventy),
    ]


def _mistrals() -> list[Preset]:
    common = {"layers": 32, "width": 4_096, "heads": 32, "kv_heads": 8, "feed_forward": 14_336, "vocabulary": 32_000,
              "context": 32_768, "tied": False}  # fmt: skip
    one = Decoder.from_family("mistral", window=4_096, **common)
    eight = Decoder.from_family("mixtral", experts=8, experts_used=2, **common)
    first = Source("Jiang et al. 2023", _ARXIV + "2310.06825", table="1", card="mistralai/Mistral-7B-v0.1")
    second = Source("Jiang et al. 2024", _ARXIV + "2401.04088", table="1", card="mistralai/Mixtral-8x7B-v0.1")
    return [
        Preset("mistral_7b", "Mistral 7B v0.1", 2023, first, one),
        Preset("mixtral_8x7b", "Mixtral 8×7B", 2023, second, eight),
    ]
