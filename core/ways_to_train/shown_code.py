"""The code beside the picture: the network that learns from the page's own words, and the prompt that teaches nothing.

Two versions: PyTorch, from scratch or on SmolLM2's vectors, whose accuracy equals the picture's; transformers, a prompt
scored with SmolLM2, whose answers are the picture's. A test executes both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.language_models.prompts import CONTENT_FREE, GAP
from core.language_models.shown_code import smollm2_cell
from core.notebooks import DataFile, Translate, cell
from core.tasks.categories import words as words_file
from core.tasks.categories.files import VECTORS
from core.tasks.categories.settings import usual
from core.tasks.categories.words import CATEGORIES, DRAW, EACH, HELD_OUT
from core.ways_to_train.recorded import wording_of
from core.ways_to_train.ways import WORDINGS

EVERY = 5
"""The shown prompt is tried on one in so many words: SmolLM2 reads the prompt anew for each."""


def sources(here: Mapping[str, Any], _: Translate) -> dict[str, str]:
    """Return both versions by name, for where the picture stands: its way, its examples, its draw."""
    way = here["way"] if here["way"] in ("scratch", "transfer") else "scratch"
    is_bare = here["way"] == "zero_shot"
    said = WORDINGS[wording_of(here["draw"])] if is_bare else ""
    return {
        "PyTorch": torch_source(way, here["examples"], here["draw"] + 1, _),
        "transformers": prompt_source(
            0 if is_bare else here["examples"], here["draw"] + 1, here["calibrated"], said, _
        ),
    }


def files(_: Translate) -> list[DataFile]:
    """Return what the code reads."""
    said = _("250 words of five kinds, written for this course (MIT)")
    vectors = _("what SmolLM2 makes of each word, in the middle of its layers (Hugging Face, Apache-2.0)")
    return [
        DataFile(words_file.FILE.name, said, words_file.FILE.read_bytes),
        DataFile(VECTORS.name, vectors, VECTORS.read_bytes),
    ]


def torch_source(way: str, count: int, seed: int, _: Translate) -> str:
    """Return the PyTorch code that learns the picture's own words, with its own initial weights and batches."""
    settings = usual(way, count, seed)
    inputs = _letters(_) if way == "scratch" else _vectors(_)
    train = cell(
        _("Learn from them, then sort the others"),
        f"""
optimizer = torch.optim.Adam(model.parameters(), lr={settings.learning_rate!r}, eps=1e-7)
for update in range({settings.updates}):
    order = torch.randperm({count}, generator=generator)
    loss = F.cross_entropy(model(x[order]), y[order])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
with torch.no_grad():
    sorted_into = model(x_others).argmax(1).numpy()
accuracy = (sorted_into == kinds[others]).mean()
print(f"{{accuracy:.1%}}")
""",
    )
    return "\n".join([_words(count, seed, _, torch_too=True), inputs.replace("SEED", str(seed)), train])


def prompt_source(count: int, seed: int, calibrated: bool, said: str, _: Translate) -> str:
    """Return the code that scores a prompt with SmolLM2, after a sentence said before its examples."""
    sentence = f"{said}{GAP}" if said else ""
    one = _("each label is one token: its probability is that of the next one")
    ask = cell(
        _("The prompt, and the labels’ probabilities after it"),
        f"""
prompt = {sentence!r} + "".join(f"Word: {{words[at]}}\\nCategory: {{KINDS[kinds[at]]}}\\n\\n" for at in learned)
print(prompt)
labels = [tokenizer.encode(f" {{kind}}", add_special_tokens=False) for kind in KINDS]
assert all(len(label) == 1 for label in labels)  # {one}
labels = [label[0] for label in labels]

def probabilities(word):
    ids = tokenizer.encode(f"{{prompt}}Word: {{word}}\\nCategory:", add_special_tokens=False)
    with torch.no_grad():
        scores = model(torch.tensor([ids])).logits[0, -1]
    return scores.softmax(0)[labels].double().numpy()
""",
    )
    free = list(CONTENT_FREE)
    why = _("what the labels get where the word says nothing (Zhao et al. 2021)")
    weigh = (
        f"""
free = np.mean([probabilities(word) for word in {free!r}], axis=0)  # {why}
"""
        if calibrated
        else ""
    )
    value = "probabilities(words[at]) / free" if calibrated else "probabilities(words[at])"
    sort = cell(
        _("Sort one in five of the other words"),
        f"""{weigh}
some = others[::{EVERY}]
sorted_into = np.array([({value}).argmax() for at in some])
accuracy = (sorted_into == kinds[some]).mean()
print(f"{{accuracy:.1%}}")
""",
    )
    return "\n".join([smollm2_cell(_), _words(count, seed, _), ask, sort])


def _words(count: int, seed: int, _: Translate, *, torch_too: bool = False) -> str:
    torch = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n" if torch_too else ""
    kinds, pool = len(CATEGORIES), EACH - HELD_OUT
    return cell(
        _("The words: some to learn from, others only to be sorted"),
        f"""
import csv
import numpy as np
{torch}
KINDS = {list(CATEGORIES)!r}
rows = list(csv.DictReader(open("{words_file.FILE.name}", encoding="utf-8")))
words = [row["english"] for row in rows]
kinds = np.array([KINDS.index(row["category"]) for row in rows])
rng = np.random.default_rng({DRAW})
shuffled = [rng.permutation(np.flatnonzero(kinds == kind)) for kind in range({kinds})]
others = np.sort(np.concatenate([places[:{HELD_OUT}] for places in shuffled]))
pool = np.setdiff1d(np.arange(len(kinds)), others)
rng = np.random.default_rng([{DRAW}, {seed}])
shuffled = [rng.permutation(pool[kinds[pool] == kind]) for kind in range({kinds})]
rounds = [[shuffled[kind][turn] for kind in rng.permutation({kinds})] for turn in range({pool})]
learned = np.array(rounds).reshape(-1)[:{count}]
print([words[at] for at in learned])
""",
    )


def _letters(_: Translate) -> str:
    from core.tasks.categories.networks import BORDER, CHANNELS, EMBEDDING, LETTERS, OTHER, WINDOW

    ends, patterns, strongest = _("both ends"), _("patterns of three letters"), _("the strongest place of each")
    return cell(
        _("A network on letters, which knows nothing yet"),
        f"""
LETTERS = {LETTERS!r}

def spelled(words):
    rows = [[{BORDER}, *(LETTERS.find(sign) + 1 or {OTHER} for sign in word), {BORDER}] for word in words]  # {ends}
    longest = max(map(len, rows))
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows])

class OnLetters(nn.Module):
    def __init__(self):
        super().__init__()
        self.letters = nn.Embedding({OTHER + 1}, {EMBEDDING})
        self.patterns = nn.Conv1d({EMBEDDING}, {CHANNELS}, {WINDOW})  # {patterns}
        self.head = nn.Linear({CHANNELS}, {len(CATEGORIES)})
        nn.init.normal_(self.letters.weight, generator=generator)
        nn.init.kaiming_normal_(self.patterns.weight, nonlinearity="relu", generator=generator)
        nn.init.xavier_uniform_(self.head.weight, generator=generator)
        nn.init.zeros_(self.patterns.bias)
        nn.init.zeros_(self.head.bias)

    def forward(self, x):
        found = self.patterns(self.letters(x).transpose(1, 2)).relu()
        inside = x[:, {WINDOW - 1}:] != 0
        return self.head((found * inside[:, None]).amax(2))  # {strongest}

generator = torch.Generator().manual_seed(SEED)
model = OnLetters()
x, x_others = (spelled([words[at] for at in some]) for some in (learned, others))
y = torch.tensor(kinds[learned])
""",
    )


def _vectors(_: Translate) -> str:
    scaled = _("each number at mean 0 and deviation 1")
    nothing = _("it begins by preferring nothing")
    return cell(
        _("What SmolLM2 makes of the words, and a head on it"),
        f"""
from safetensors.numpy import load_file

data = load_file("{VECTORS.name}")
values = (data["values"].astype(np.float32) - data["mean"]) / data["deviation"]  # {scaled}
generator = torch.Generator().manual_seed(SEED)
model = nn.Linear(values.shape[1], {len(CATEGORIES)})
nn.init.zeros_(model.weight)  # {nothing}
nn.init.zeros_(model.bias)
x, x_others = torch.from_numpy(values[learned]), torch.from_numpy(values[others])
y = torch.tensor(kinds[learned])
""",
    )
