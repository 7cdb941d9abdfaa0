"""What the lesson says, computed: from the shipped model and its record, what is recorded, and the grammar."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from core.language_models import catalogue, decoding, sampling, writings
from core.language_models.graphemes import group
from core.language_models.sampling import Sampling
from core.language_models.writings import Request
from core.stories import language as stories
from core.tasks.mini_gpt2 import published
from core.tasks.mini_gpt2.many_stories import write as many
from core.text_generation import inside, missions, opening
from core.text_generation.follow import residual, through_lens
from core.text_generation.prompts import PROMPTS
from core.text_generation.shown_code import files, generate_source, loop_source
from tests.helpers import execute
from tests.notebooks import put_beside

MINI, SMOLLM2 = PROMPTS["mini"], PROMPTS["smollm2"]


def write(model: str, prompt: str, how: Sampling, tokens: int, seed: int = 1, written: tuple[int, ...] = ()) -> str:
    """Return what a model writes after a prompt and, perhaps, some tokens; the token that ends a text is left out."""
    answer = writings.write_all(Request(model, prompt, written, how, seed, tokens))
    told = b"".join(bytes.fromhex(step["bytes"]) for step in answer["steps"])
    return re.sub(r"<\|\w+\|>$", "", told.decode("utf-8", "replace"))


def cold(model: str, prompt: str, tokens: int = 160) -> str:
    """Return what a model writes at temperature 0."""
    return write(model, prompt, Sampling(temperature=0.0), tokens)


def chances(prompt: str) -> dict[str, float]:
    """Return the mini GPT-2's own probability of each next token, the likeliest first."""
    mini = catalogue.load("mini")
    logits = decoding.Reader(mini.model, mini.context).logits(mini.prompt(prompt)).numpy().astype(float)
    found = sampling.softmax(logits)
    return {mini.vocabulary[token].decode("utf-8", "replace"): float(found[token]) for token in np.argsort(-found)}


def story_of(steps: list[int]) -> str:
    """Return the text of tokens of the recorded story's vocabulary, after its prompt."""
    told = b"".join(opening.opening().vocabulary[token] for token in steps).removesuffix(missions.END)
    return opening.PROMPT + told.decode()


def test_cold_is_the_same() -> None:
    """Ten seeds at temperature 0 tell one beginning; the whole story is one for two seeds."""
    assert len(opening.ten_times(opening.STORY)) == 10
    told = opening.opening().told[0.0]
    assert len(told) == 10
    assert len({tuple(text) for text in told}) == 1
    assert len({write("mini", opening.PROMPT, Sampling(temperature=0.0), 160, seed) for seed in (1, 77)}) == 1


def test_greedy_is_not_likeliest() -> None:
    """A story written by the model at temperature 1 has a higher probability, to the model, than the greedy one."""
    mini = catalogue.load("mini")
    greedy = opening.PROMPT + cold("mini", opening.PROMPT)
    likelier = greedy
    for seed in range(2, 60):
        other = opening.PROMPT + write("mini", opening.PROMPT, Sampling(), 160, seed)
        if stories.recognise(other) and stories.log_probability(other) > stories.log_probability(greedy):
            likelier = other
            break
    assert likelier != greedy

    def surprise(text: str) -> float:
        ids = torch.tensor([[mini.end, *mini.encode(text), mini.end]])
        with torch.inference_mode():
            return float(mini.model(input_ids=ids, labels=ids).loss) * (ids.shape[1] - 1)

    assert surprise(likelier) < surprise(greedy)


def test_at_home() -> None:
    """960,000 stories in two trainings; 992 of 1,000 written ones are correct; “une” and “un” within 1 % of a half."""
    record = published.record()
    assert sum(told["stories"] for told in [*record["before"], record["settings"]]) == 960_000
    assert (record["judged"]["written"], record["judged"]["accepted"]) == (1_000, 992)
    found = list(chances(MINI[0]).items())
    assert {word for word, _chance in found[:2]} == {" une", " un"}
    assert all(chance == pytest.approx(0.5, abs=0.01) for _word, chance in found[:2])


def test_mouse_keeps_her_name() -> None:
    """At temperature 0 the last sentence names Léa, and more than sixty tokens stand between."""
    text = cold("mini", MINI[1])
    assert "Léa" in text.rstrip(".").rsplit(".", 1)[1]
    assert stories.recognise(MINI[1] + text)
    assert len(catalogue.load("mini").encode(text)) > 60


def test_dialogue_derails() -> None:
    """The first bar is above 99 %, and no story of the grammar ends as this one does; none begins here."""
    assert next(iter(chances(MINI[2]).values())) > 0.99
    assert not any(stories.recognise(begin + cold("mini", MINI[2])) for begin in (MINI[2], ""))
    rng = np.random.default_rng(1)
    assert not any(stories.sample(rng).startswith("«") for _ in range(300))


def test_absurd_capital() -> None:
    """“un” at 98 %, then a young hedgehog; no tale holds the word capitale."""
    word, chance = next(iter(chances(MINI[3]).items()))
    assert word == " un"
    assert chance == pytest.approx(0.98, abs=0.005)
    assert cold("mini", MINI[3]).startswith(" un jeune hérisson.")
    rng = np.random.default_rng(2)
    assert not any("capitale" in stories.sample(rng) for _ in range(300))


def test_english_becomes_french() -> None:
    """At temperature 0: a full stop, then a sentence of the tales; no tale holds a word of the prompt."""
    text = cold("mini", MINI[4])
    assert text.startswith(". Son plus grand trésor était")
    rng = np.random.default_rng(3)
    assert not any("upon" in stories.sample(rng) for _ in range(300))


def test_reads_a_conversation() -> None:
    """What SmolLM2 is given, token by token: its own chat template around the words of the page, marks included."""
    small = catalogue.load("smollm2")
    given = [small.vocabulary[token].decode() for token in small.prompt("Bonjour")]
    assert "".join(given) == "<|im_start|>user\nBonjour<|im_end|>\n<|im_start|>assistant\n"
    assert given.count("<|im_start|>") == 2  # each mark is one token, not its letters


@pytest.mark.slow
def test_smollm_knows_paris() -> None:
    """SmolLM2's greedy answer."""
    assert cold("smollm2", SMOLLM2[0], 12).startswith("The capital of France is Paris")


@pytest.mark.slow
def test_smollm_invents_a_winner() -> None:
    """The greedy answer to a question about 2050 speaks of 2022, and of the United States as winner."""
    text = cold("smollm2", SMOLLM2[2], 40)
    assert "2022 World Cup was won by the United States" in text


@pytest.mark.slow
def test_strawberry_is_one_token() -> None:
    """One token for “ strawberry”; the greedy answer says eleven letters; there are ten."""
    loaded = catalogue.load("smollm2")
    assert b" strawberry" in [loaded.vocabulary[token] for token in loaded.encode(SMOLLM2[3])]
    assert "11 letters" in cold("smollm2", SMOLLM2[3], 20)
    assert len("strawberry") == 10


@pytest.mark.slow
def test_french_goes_round() -> None:
    """The question in both languages, counted in tokens; the greedy answer to the French one."""
    loaded = catalogue.load("smollm2")
    assert (len(loaded.encode(SMOLLM2[4])), len(loaded.encode(SMOLLM2[0]))) == (11, 7)
    assert cold("smollm2", SMOLLM2[4], 20).startswith("La capitale de la France est la France")


def test_blocks_add(mini: catalogue.LanguageModel) -> None:
    """After a block the vector is what it was, plus the output of the attention, plus the output of the MLP."""
    ids = torch.tensor([mini.prompt(opening.PROMPT)])
    added: list[torch.Tensor] = []
    block = mini.model.transformer.h[0]
    hooks = [
        block.attn.register_forward_hook(lambda _module, _given, gave: added.append(gave[0])),
        block.mlp.register_forward_hook(lambda _module, _given, gave: added.append(gave)),
    ]
    with torch.inference_mode():
        hidden = mini.model(input_ids=ids, output_hidden_states=True).hidden_states
    for hook in hooks:
        hook.remove()
    torch.testing.assert_close(hidden[1], hidden[0] + added[0] + added[1], atol=1e-4, rtol=1e-4)


def test_embedding_repeats(mini: catalogue.LanguageModel) -> None:
    """Through the lens, the embeddings of the opening's story say their own tokens again, but for one in twenty."""
    found = opening.opening()
    ids = [*found.before, *found.tokens]
    with torch.inference_mode():
        hidden = mini.model(input_ids=torch.tensor([ids]), output_hidden_states=True).hidden_states
        said = [int(through_lens(mini.model, vector).argmax()) for vector in hidden[0][0]]
    assert sum(one == other for one, other in zip(said, ids, strict=True)) > 0.95 * len(ids)


def test_same_draws() -> None:
    """A seed gives the same numbers again, and token n takes number n: stepwise or at once, at any temperature."""
    assert decoding.uniforms(5) == decoding.uniforms(5)
    whole = writings.write_all(Request("mini", MINI[0], (), Sampling(), 5, 12))["steps"]
    tokens = [step["token"] for step in whole]
    later = writings.write_all(Request("mini", MINI[0], tuple(tokens[:7]), Sampling(), 5, 5))["steps"]
    assert [step["token"] for step in later] == tokens[7:]


def test_only_the_colour() -> None:
    """“rouge” put by hand in the place of “verte”: what the same seed writes then differs only where the colour is."""
    found = opening.opening()
    green, red = (found.vocabulary.index(word) for word in (b" verte", b" rouge"))
    at = found.tokens.index(green)
    given = (*found.tokens[:at], red)
    rest = writings.write_all(Request("mini", MINI[0], given, Sampling(), 1, 160))["steps"]
    text = story_of([*given, *(step["token"] for step in rest)])
    assert text == story_of(list(found.tokens)).replace("verte", "rouge")


def test_ages_sample_alone() -> None:
    """What an age writes is what it writes at temperature 1, without cuts."""
    pieces = inside.aged("mini@300", MINI[0], 1, 20)
    steps = writings.write_all(Request("mini@300", MINI[0], (), Sampling(), 1, 20))["steps"]
    assert [piece for piece, _chance in pieces] == [step["bytes"] for step in steps]
    assert Sampling() == Sampling(temperature=1.0, top_k=0, top_p=1.0, min_p=0.0, repetition_penalty=1.0)


def test_newborn_knows_nothing() -> None:
    """Before any update no token has more than 1 % after the opening's prompt."""
    newborn = catalogue.load("mini@0")
    logits = decoding.Reader(newborn.model, newborn.context).logits(newborn.prompt(MINI[0])).numpy().astype(float)
    assert sampling.softmax(logits).max() < 0.01


def test_words_are_born() -> None:
    """The losses are the record's; at 100 a quarter of the words and more are none of the tales, at 300 few are."""
    losses = {item["update"]: item["validation_loss"] for item in published.record()["checkpoints"]}
    assert losses[100] == pytest.approx(2.5, abs=0.05)
    assert losses[300] == pytest.approx(0.5, abs=0.05)
    rng = np.random.default_rng(1)
    known = {word for _ in range(400) for word in re.findall(r"[^\W\d_]+", stories.sample(rng))}

    def share(age: int) -> float:
        told = "".join(write(f"mini@{age}", MINI[0], Sampling(), 100, seed) for seed in (1, 2, 3))
        words = re.findall(r"[^\W\d_]{3,}", told)
        return sum(word in known for word in words) / len(words)

    assert share(100) < 0.75
    assert share(300) > 0.9


@pytest.mark.slow
def test_colours_are_remembered_last() -> None:
    """Of 200 stories, those that only a forgotten colour makes wrong: a fifth at 10,000 updates, then 2 % at most."""

    def forgotten(age: int) -> float:
        model = published.load_checkpoint(age, attention="sdpa")
        texts = many(model, published.tokenizer(), 200, torch.Generator().manual_seed(2026))
        wrong = [text for text in texts if not stories.recognise(text)]
        return sum(stories.recognise(stories.with_one_colour(text)) for text in wrong) / len(texts)

    assert 0.14 <= forgotten(10_000) <= 0.26
    assert forgotten(published.checkpoints()[-1]) <= 0.02


def test_floor_is_the_grammars() -> None:
    """The floor in the record is the grammar's own entropy, divided by tokens; the finished model stands just above."""
    record = published.record()
    floor = record["floor"]
    assert floor["nats_per_story"] == pytest.approx(stories.entropy())
    assert floor["nats_per_token"] == pytest.approx(floor["nats_per_story"] / floor["tokens_per_story"])
    assert 0 < record["checkpoints"][-1]["validation_loss"] - floor["nats_per_token_on_validation"] < 0.001


def test_entropy_is_a_floor() -> None:
    """No measured loss on new stories is below the floor; that of any distribution is not, by Gibbs' inequality."""
    record = published.record()
    floor = record["floor"]["nats_per_token_on_validation"]
    assert all(point["validation_loss"] > floor for point in record["curve"])
    rng = np.random.default_rng(1)
    truth, model = rng.dirichlet(np.ones(50)), rng.dirichlet(np.ones(50))
    assert -(truth * np.log(model)).sum() > -(truth * np.log(truth)).sum()


def test_nothing_before_changes() -> None:
    """Another name in the example: the surprises before it stay; its own and some of those behind change."""
    text = example()
    first, second = (inside.surprises("mini", one) for one in (text, text.replace("Alice", "Emma")))
    at = next(place for place, item in enumerate(first) if item["text"] == " Alice")
    for one, other in zip(first[:at], second[:at], strict=True):
        assert one["surprises"] == pytest.approx(other["surprises"], abs=1e-4)
    assert first[at:] != second[at:]


def test_worse_than_guessing() -> None:
    """“Bonjour.” has a perplexity above 400,000; a model that guesses has that of the vocabulary, 1,024."""
    assert perplexity("Bonjour.") > 400_000
    assert len(catalogue.load("mini").vocabulary) == 1_024


def test_positions_are_added(mini: catalogue.LanguageModel) -> None:
    """What enters the first block is the embedding of each token plus that of its position."""
    ids = torch.tensor([mini.prompt(opening.PROMPT)])
    with torch.inference_mode():
        hidden = mini.model(input_ids=ids, output_hidden_states=True).hidden_states[0]
    body = mini.model.transformer
    torch.testing.assert_close(hidden[0], body.wte.weight[ids[0]] + body.wpe.weight[: ids.shape[1]])


def test_one_logit_each(mini: catalogue.LanguageModel) -> None:
    """The last vector, normalised and multiplied with the output layer, is the model's logits, one per token."""
    ids = torch.tensor([mini.prompt(opening.PROMPT)])
    with torch.inference_mode():
        answer = mini.model(input_ids=ids, output_hidden_states=True, output_attentions=True)
        vectors = residual(answer.hidden_states, mini.model)
        logits = through_lens(mini.model, vectors[-1])
    torch.testing.assert_close(logits, answer.logits[0, -1], atol=1e-3, rtol=1e-4)
    assert len(logits) == len(mini.vocabulary)


def test_never_ahead(mini: catalogue.LanguageModel) -> None:
    """No weight of any head of any layer lies right of the diagonal."""
    maps = inside.attention("mini", mini.prompt(MINI[1]))
    assert not np.triu(maps, 1).any()


def test_temperature_flattens() -> None:
    """Hotter: the ratio of any two probabilities comes closer to one; colder: farther from it."""
    logits = np.array([2.0, 1.0, -1.0])
    ratio = [float(np.divide(*sampling.softmax(sampling.heat(logits, heat))[[0, 1]])) for heat in (0.5, 1.0, 2.0)]
    assert ratio[0] > ratio[1] > ratio[2] > 1


def test_sliders_ask_nothing() -> None:
    """The bars at other settings come from the same logits: what is recorded answers at any temperature."""
    for how in (Sampling(temperature=0.2), Sampling(top_k=3), Sampling(top_p=0.5)):
        answer = opening.answer(Request("mini", opening.PROMPT, (), how, 1, 0))
        plain = opening.answer(Request("mini", opening.PROMPT, (), Sampling(), 1, 0))
        assert answer is not None
        assert plain is not None
        assert answer["picture"]["logits"] == plain["picture"]["logits"]


def test_letters_stay_whole() -> None:
    """Two tokens that share an é are one chip; a lone byte of it is written in hexadecimal."""
    halves = ["é".encode()[:1], "é".encode()[1:]]
    assert [item.shown for item in group(halves)] == ["é"]
    assert group([b"\x82"])[0].shown == "⟨82⟩"


def test_gpt2_in_numbers() -> None:
    """GPT-2's own configuration, built empty: parameters and vocabulary."""
    from transformers import GPT2Config, GPT2LMHeadModel

    with torch.device("meta"):
        model = GPT2LMHeadModel(GPT2Config())
    assert model.num_parameters() == 124_439_808
    assert model.config.vocab_size == 50_257


def test_mini_is_a_hundredth(mini: catalogue.LanguageModel) -> None:
    """1,122,720 parameters, about a hundredth of GPT-2's; and the same parts."""
    assert mini.model.num_parameters() == 1_122_720
    assert pytest.approx(100, rel=0.12) == 124_439_808 / 1_122_720
    assert set(inside.parameters("mini")) == {"tokens", "positions", "attention", "mlp", "norm"}


def test_nats_and_bits() -> None:
    """One nat in bits."""
    assert 1 / math.log(2) == pytest.approx(1.44, abs=0.005)


def test_effective_choices() -> None:
    """Of n equal tokens, 2 to the entropy is n."""
    for count in (2, 7, 10):
        assert sampling.effective_choices(np.full(count, 1 / count)) == pytest.approx(count)


def test_cold_sharpens() -> None:
    """At 0.5 the differences of the logits double and the highest bar grows; at 2 it shrinks."""
    logits = np.array([2.0, 1.5, 0.0, -1.0])
    heated = {heat: sampling.heat(logits, heat) for heat in (0.5, 1.0, 2.0)}
    np.testing.assert_allclose(np.diff(heated[0.5]), 2 * np.diff(heated[1.0]))
    top = {heat: sampling.softmax(values).max() for heat, values in heated.items()}
    assert top[0.5] > top[1.0] > top[2.0]


def test_top_p_varies() -> None:
    """One token where the model is sure, nine of ten equal ones; at most one token is above 0.9."""

    def kept(probabilities: list[float]) -> int:
        return int(np.isfinite(sampling.keep_top_p(np.log(probabilities), 0.9)).sum())

    assert kept([0.95, 0.03, 0.02]) == 1
    found = opening.opening()
    objects = found.logits[found.tokens.index(found.vocabulary.index(b" lanterne"))].astype(float)
    assert int(np.isfinite(sampling.keep_top_p(objects, 0.9)).sum()) == 9
    assert sum(chance > 0.9 for chance in (0.95, 0.05)) == 1


def test_loop_writes_the_page(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The loop of the code tab, executed, prints what the page writes; `generate` cuts the same and draws otherwise."""
    request = Request("mini", MINI[0], (), Sampling(temperature=0.8, top_k=40), 3, 30)
    put_beside(tmp_path, files(request, str))
    monkeypatch.chdir(tmp_path)
    execute(loop_source(request, str))
    loop = capsys.readouterr().out.rstrip("\n")
    assert loop == write("mini", MINI[0], request.how, 30, seed=3)
    execute(generate_source(request, str))
    assert capsys.readouterr().out.rstrip("\n") != loop


def example() -> str:
    """Return the text that the page reads first."""
    from core.lessons import load

    return load("text_generation", "fr").section("text-own-example").body


def perplexity(text: str) -> float:
    """Return the perplexity of a text under the mini GPT-2."""
    values = [value for item in inside.surprises("mini", text) for value in item["surprises"]]
    return math.exp(sum(values) / len(values))
