"""Our decoding loop: transformers is the oracle; one seed is one text however it is written; the code is what ran."""

from __future__ import annotations

import contextlib
import io
import json
import math

import numpy as np
import pytest
import torch
from scipy.stats import chisquare
from streamlit.testing.v1 import AppTest
from transformers import GPT2Config, GPT2LMHeadModel

from core import workers
from core.files import ROOT
from core.language_models import catalogue, decoding, sampling, writings
from core.language_models.sampling import Sampling
from core.language_models.writings import Request, write_all
from core.text_generation import inside as inside_model
from core.text_generation.shown_code import sources
from tests.helpers import open_page, until

PROMPTS = ["Il était une fois", "", "Léa 🦊 \u202e", "<b>gras</b> $x^2$ **fort**", "\x00\x07\x1b"]


@pytest.fixture(scope="module")
def mini() -> catalogue.LanguageModel:
    return catalogue.load("mini")


def text_of(answer: writings.Answer) -> bytes:
    return b"".join(bytes.fromhex(step["bytes"]) for step in answer["steps"])


def tokens_of(answer: writings.Answer) -> list[int]:
    return [step["token"] for step in answer["steps"]]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_greedy_text_is_transformers_own(mini: catalogue.LanguageModel, prompt: str) -> None:
    """At T = 0 our loop and `generate` write the same tokens."""
    answer = write_all(Request("mini", prompt, how=Sampling(temperature=0), tokens=40))
    given = torch.tensor([mini.prompt(prompt)])
    theirs = mini.model.generate(given, attention_mask=torch.ones_like(given), max_new_tokens=40, do_sample=False,
                                 pad_token_id=mini.end)  # fmt: skip
    assert tokens_of(answer) == theirs[0, given.shape[1] :].tolist()


def test_cached_logits_are_those_of_reading_all_at_once(mini: catalogue.LanguageModel) -> None:
    """With the cache, token by token, the logits equal one pass over the whole text."""
    ids = mini.prompt("Il était une fois une petite tortue qui s'appelait Alice.")
    with torch.inference_mode():
        whole = mini.model(input_ids=torch.tensor([ids])).logits[0]
    reader = decoding.Reader(mini.model, mini.context)
    for length in range(1, len(ids) + 1):
        torch.testing.assert_close(reader.logits(ids[:length]), whole[length - 1], atol=1e-4, rtol=1e-4)


def test_attention_is_transformers_own(mini: catalogue.LanguageModel) -> None:
    """The maps are what the model computed; each row sums to 1 and never looks ahead."""
    ids = mini.prompt("Il était une fois")
    maps = inside_model.attention("mini", ids)
    with torch.inference_mode():
        theirs = mini.model(input_ids=torch.tensor([ids]), output_attentions=True).attentions
    np.testing.assert_allclose(maps, torch.stack(theirs)[:, 0].numpy())
    np.testing.assert_allclose(maps.sum(-1), 1, atol=1e-5)
    assert not np.triu(maps, 1).any()


def test_one_seed_is_one_text_at_once_or_step_by_step() -> None:
    """Forty tokens at once equal forty single steps; another seed gives another text."""
    how = Sampling(temperature=1.2, top_k=50, top_p=0.95)
    at_once = tokens_of(write_all(Request("mini", "Il était", how=how, seed=7, tokens=40)))
    step_by_step: list[int] = []
    for _ in range(40):
        step_by_step += tokens_of(write_all(Request("mini", "Il était", tuple(step_by_step), how, 7, 1)))
    assert step_by_step == at_once
    assert tokens_of(write_all(Request("mini", "Il était", how=how, seed=8, tokens=40))) != at_once


def test_somebody_elses_seed_changes_nothing() -> None:
    """The global generator of torch, which others share, is neither read nor moved."""
    torch.manual_seed(1)
    first = tokens_of(write_all(Request("mini", "Il", tokens=20)))
    state = torch.get_rng_state()
    torch.manual_seed(99)
    assert tokens_of(write_all(Request("mini", "Il", tokens=20))) == first
    torch.manual_seed(1)
    assert torch.equal(torch.get_rng_state(), state)


def test_first_tokens_follow_the_models_distribution(mini: catalogue.LanguageModel) -> None:
    """Over 3,000 seeds the first token is as frequent as its probability says (chi-square, 0.001)."""
    logits = decoding.Reader(mini.model, mini.context).logits(mini.prompt("Il était une fois")).numpy()
    probabilities = sampling.softmax(sampling.process(logits, Sampling(top_k=6)))
    drawn = [decoding.decide(logits, Sampling(top_k=6), [], decoding.uniforms(seed)[0])[0]
             for seed in range(3_000)]  # fmt: skip
    kept = np.flatnonzero(probabilities)
    assert set(drawn) <= set(kept.tolist())
    common = [token for token in kept if probabilities[token] * 3_000 >= 5]
    counts = [drawn.count(token) for token in common]
    expected = probabilities[common] * sum(counts) / probabilities[common].sum()
    if len(common) > 1:
        assert chisquare(counts, expected).pvalue > 0.001


@pytest.mark.parametrize(("length", "start"), [(1, 0), (192, 0), (193, 48), (240, 48), (241, 96), (1_000, 816)])
def test_the_window_slides_by_a_quarter(length: int, start: int) -> None:
    """Beyond 192 tokens the model sees at most 192 and at least 144 of them."""
    assert decoding.window_start(length, 192) == start
    assert length <= 192 or 144 <= length - start <= 192


def test_a_text_longer_than_the_context_goes_on() -> None:
    """Shape of a small GPT-2 with 16 places: 60 tokens are written, and what is no longer seen is told."""
    model = GPT2LMHeadModel(GPT2Config(vocab_size=50, n_positions=16, n_embd=8, n_layer=1, n_head=2,
                                       bos_token_id=0, eos_token_id=0)).eval()  # fmt: skip
    numbers = decoding.uniforms(1)
    steps = list(decoding.write(model, [1], Sampling(), numbers, tokens=60, context=16))
    assert len(steps) == 60
    assert steps[15].window == 0
    assert steps[-1].window == decoding.window_start(60, 16)


def test_a_huge_prompt_is_read_from_its_end() -> None:
    """A megabyte of text costs no more than its part that is read, and the window says so."""
    picture = writings.look("mini", "Il était une fois. " * 55_000, ())
    assert picture["window"] > 0
    assert len(picture["ids"]) - picture["window"] <= picture["context"]


def test_surprise_sums_to_minus_the_log_probability(mini: catalogue.LanguageModel) -> None:
    """The surprises of a text add up to transformers' own loss times the number of tokens."""
    text = "Il était une fois un ours."
    found = [value for item in inside_model.surprises("mini", text) for value in item["surprises"]]
    ids = torch.tensor([[mini.end, *mini.encode(text)]])
    with torch.inference_mode():
        loss = mini.model(input_ids=ids, labels=ids).loss.item()
    assert math.fsum(found) == pytest.approx(loss * (ids.shape[1] - 1), rel=1e-4)
    assert inside_model.surprises("mini", "") == []


def test_changing_a_word_changes_nothing_before_it() -> None:
    """A causal model: the surprises before the changed word are the same."""
    first = inside_model.surprises("mini", "Il était une fois un ours bleu.")
    second = inside_model.surprises("mini", "Il était une fois un ours gris.")
    same = [
        a["surprises"] == pytest.approx(b["surprises"], abs=1e-4) for a, b in zip(first[:6], second[:6], strict=True)
    ]
    assert all(same)
    assert first != second


def test_parameters_are_counted_once_each_and_sum_to_the_total(mini: catalogue.LanguageModel) -> None:
    """The parts add up to the model's own count, at least a million."""
    parts = inside_model.parameters("mini")
    assert sum(parts.values()) == mini.model.num_parameters() == catalogue.MODELS["mini"].parameters
    assert sum(parts.values()) >= 1_000_000
    assert "other" not in parts


@pytest.mark.parametrize(
    "how",
    [
        Sampling(),
        Sampling(temperature=0),
        Sampling(temperature=0.7, top_k=20, top_p=0.9),
        Sampling(min_p=0.05, repetition_penalty=1.2),
    ],
)
def test_the_code_beside_the_picture_writes_the_pages_text(how: Sampling) -> None:
    """The hand-written loop prints the page's text; `generate` runs, and at T = 0 prints it too."""
    request = Request("mini", "Il était une fois", how=how, seed=3, tokens=30)
    answer = write_all(request)
    end = catalogue.load("mini").end
    expected = b"".join(bytes.fromhex(s["bytes"]) for s in answer["steps"] if s["token"] != end).decode()
    printed = {}
    for name, source in sources(request).items():
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(source, name, "exec"), {})
        printed[name] = out.getvalue().removesuffix("\n")
    assert printed["PyTorch"] == expected
    assert printed["transformers"]
    if how.temperature == 0:
        assert printed["transformers"] == expected


@pytest.mark.usefixtures("cluster")
def test_two_students_with_one_seed_get_the_solo_text() -> None:
    """Written side by side on the workers, both texts equal the one written alone."""
    request = Request("mini", "Il était une fois", seed=5, tokens=60)
    alone = tokens_of(write_all(request))
    both = [writings.start(request) for _ in range(2)]
    for live in both:
        until(lambda: live.over)
        assert live.error is None
        assert [step["token"] for step in live.steps] == alone


@pytest.mark.usefixtures("cluster")
def test_stop_and_a_closed_tab_free_the_worker() -> None:
    """A long text is left: its worker is soon free for another, and what was received is kept."""
    request = Request("mini", "Il était une fois", how=Sampling(temperature=2.0), seed=5, tokens=1_000)
    stopped = writings.start(request)
    stopped.stop()
    assert stopped.over
    gone = writings.start(request, wanted=lambda: False)
    until(lambda: gone.over)
    until(lambda: not any(workers.client().processing().values()))
    after = writings.start(Request("mini", "Il", tokens=1))
    until(lambda: after.over)
    assert after.error is None


@pytest.mark.usefixtures("cluster")
def test_a_missing_model_is_said_and_others_go_on() -> None:
    """A model that is not on the machine is an error of that text only."""
    live = writings.start(Request("mini@7", "Il", tokens=1))
    until(lambda: live.over)
    assert isinstance(live.error, catalogue.ModelMissing)


def settled_page(**query: str) -> AppTest:
    app = open_page("text_generation", opened="1", **query)
    return wait_for_picture(app)


def wait_for_picture(app: AppTest) -> AppTest:
    def ready() -> bool:
        app.run()
        return app.session_state["tg: text"]["picture"] is not None

    until(ready, 20)
    assert not app.exception
    return app


@pytest.mark.usefixtures("cluster")
def test_the_page_writes_steps_and_undoes() -> None:
    """The same link writes the same text; undo takes one token back; a step writes it again."""
    texts = []
    for _ in range(2):
        app = settled_page(tg_seed="4", tg_length="40", tg_temperature="0.8")
        app.button(key="tg-run").click().run()
        app = wait_for_picture(app)
        texts.append([step["token"] for step in app.session_state["tg: text"]["steps"]])
    assert texts[0] == texts[1]
    assert len(texts[0]) == 40
    app.button(key="tg-undo").click().run()
    app = wait_for_picture(app)
    assert len(app.session_state["tg: text"]["steps"]) == 39
    app.button(key="tg-step").click().run()
    app = wait_for_picture(app)
    assert [step["token"] for step in app.session_state["tg: text"]["steps"]] == texts[0]


def test_what_a_student_types_is_shown_literally() -> None:
    """No component writes markup: neither script uses innerHTML, and no page passes unsafe HTML."""
    sources = [path for kind in ("py", "js") for path in (ROOT / "components").rglob(f"*.{kind}")]
    assert len(sources) > 40
    for path in sources:
        source = path.read_text()
        assert "innerHTML" not in source, path
        assert "unsafe_allow_html" not in source, path


def test_logits_travel_as_they_are() -> None:
    """What the browser gets decodes to the model's logits minus the largest, JSON-safe."""
    logits = np.array([1.5, -np.inf, 3.25])
    picture = decoding.pack(logits)
    import base64

    decoded = np.frombuffer(base64.b64decode(json.loads(json.dumps(picture))), "<f4")
    assert decoded.tolist() == [-1.75, pytest.approx(-1e30), 0.0]
