"""The code beside the picture: phases 2 and 3 with transformers, each on a few dozen pairs.

Two versions: SFT, whose first loss is the one that the page's run begins with; DPO, whose first loss is ln 2. A test
executes both.
"""

from __future__ import annotations

from core.language_models.shown_code import mini_cell, mini_file
from core.notebooks import DataFile, Translate, cell
from core.tasks.instructed.drawing import BREAK, FIRST
from core.tasks.instructed.settings import InstructedSettings
from core.three_phases import take_home
from core.three_phases.settings import usual

PAIRS, PREFERENCES = "pairs.json", "preferences.json"
SFT_UPDATES, DPO_UPDATES = 40, 20
TOLD = 140
"""Tokens that an answer may have."""


def sources(_: Translate) -> dict[str, str]:
    """Return both versions by name."""
    return {"SFT": sft_source(_), "DPO": dpo_source(_)}


def files(_: Translate) -> list[DataFile]:
    """Return what the code reads: the models of phases 1 and 2, and the pairs to learn from."""
    pairs = _("for SFT: instructions with their answers, made by the grammar of this course (MIT)")
    fine_tuned = _("for DPO: the mini GPT-2 after phase 2")
    preferences = _("for DPO: two answers to each instruction, made by the same grammar (MIT); the shorter preferred")
    return [
        mini_file(_),
        DataFile(PAIRS, pairs, take_home.pairs),
        DataFile(f"{take_home.INSTRUCTED}.zip", fine_tuned, take_home.instructed),
        DataFile(PREFERENCES, preferences, take_home.preferences),
    ]


def sft_source(_: Translate) -> str:
    """Return the code of supervised fine-tuning: on its first pairs, with the batches and rate of the page's run."""
    settings = InstructedSettings()
    before, after = _("loss before:"), _("loss after:")
    measure = cell(
        _("The loss before the first update, on pairs never learned from"),
        f"""
def loss_of(inputs, positions, targets):
    logits = answer(model, inputs, positions)
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten())

pairs = json.loads(Path("{PAIRS}").read_text(encoding="utf-8"))
learned, held_out = (
    encode([(pair["instruction"], pair["answer"]) for pair in pairs[name]])
    for name in ("learned", "held_out")
)
instruction = pairs["held_out"][0]["instruction"]
with torch.no_grad():
    before = loss_of(*held_out).item()
print(f"{before} {{before:.4f}}")
print(instruction, tell(model, instruction), sep="\\n")
""",
    )
    learn = cell(
        _("Learn to answer"),
        f"""
generator = torch.Generator().manual_seed({settings.seed})
optimizer = torch.optim.Adam(model.parameters(), lr={settings.learning_rate}, eps=1e-7)
for update in range({SFT_UPDATES}):
    some = torch.randperm(len(pairs["learned"]), generator=generator)[:{settings.batch_size}]
    loss = loss_of(*(part[some] for part in learned))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
with torch.no_grad():
    after = loss_of(*held_out).item()
print(f"{after} {{after:.4f}}")
print(tell(model, instruction))
""",
    )
    return "\n".join([mini_cell(_), _encode(_), _tell(_), measure, learn])


def dpo_source(_: Translate) -> str:
    """Return the code of direct preference optimization, with the leash, batches and rate of the page's run."""
    settings = usual("dpo")
    never, whatever = _("it never changes: it reads them once"), _("ln 2, whatever β is")
    before, after = _("loss before:"), _("loss after:")
    reference = cell(
        _("The reference, and the policy: equal in the beginning"),
        f"""
import copy

def log_probabilities(model, inputs, positions, targets):
    logits = answer(model, inputs, positions)
    lost = F.cross_entropy(logits.transpose(1, 2), targets, reduction="none")
    return -lost.sum(1)

pairs = json.loads(Path("{PREFERENCES}").read_text(encoding="utf-8"))["pairs"]
preferred, rejected = (
    encode([(pair["instruction"], pair[name]) for pair in pairs])
    for name in ("preferred", "rejected")
)
reference, policy = model, copy.deepcopy(model)
with torch.no_grad():  # {never}
    reference_preferred = log_probabilities(reference, *preferred)
    reference_rejected = log_probabilities(reference, *rejected)
""",
    )
    learn = cell(
        _("Learn what is preferred"),
        f"""
beta = {settings.beta}

def dpo_loss(some):
    chosen = log_probabilities(policy, *(part[some] for part in preferred))
    other = log_probabilities(policy, *(part[some] for part in rejected))
    chosen = chosen - reference_preferred[some]
    other = other - reference_rejected[some]
    return -F.logsigmoid(beta * (chosen - other)).mean()

everything = torch.arange(len(pairs))
with torch.no_grad():
    before = dpo_loss(everything).item()  # {whatever}
print(f"{before} {{before:.4f}}")
generator = torch.Generator().manual_seed({settings.seed})
optimizer = torch.optim.Adam(policy.parameters(), lr={settings.learning_rate}, eps=1e-7)
for update in range({DPO_UPDATES}):
    some = torch.randperm(len(pairs), generator=generator)[:{settings.batch_size}]
    loss = dpo_loss(some)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
with torch.no_grad():
    after = dpo_loss(everything).item()
print(f"{after} {{after:.4f}}")
instruction = pairs[0]["instruction"]
for each in (reference, policy):
    print(tell(each, instruction))
""",
    )
    return "\n".join([mini_cell(_, take_home.INSTRUCTED), _encode(_), _tell(_), reference, learn])


def _encode(_: Translate) -> str:
    """Return the cell that makes tokens of pairs, as `core.tasks.instructed.pairs` does, and lets a model read them."""
    counts = _("−100: does not count")
    story, before = _("a story’s own positions"), _("the last positions of the context")
    one_text = _("else transformers takes two runs of positions for two texts")
    why = _("this model has only seen stories at position 0; elsewhere one simply joins both texts")
    return cell(
        _("Pairs as tokens: only the answer’s count"),
        f"""
import json
import torch.nn.functional as F

def encode(pairs):
    rows = []
    for instruction, answer in pairs:
        asked = tokenizer.encode(instruction + {BREAK!r}, add_special_tokens=False)
        told = tokenizer.encode(answer, add_special_tokens=False)
        rows.append((asked, [end, *told, end]))
    longest = max(len(asked) + len(told) for asked, told in rows) - 1
    inputs = torch.full((len(rows), longest), end)
    targets = torch.full((len(rows), longest), -100)  # {counts}
    # {why}
    positions = torch.arange(longest).repeat(len(rows), 1)
    for row, (asked, told) in enumerate(rows):
        begins, ends = len(asked), len(asked) + len(told) - 1
        inputs[row, :ends] = torch.tensor(asked + told[:-1])
        targets[row, begins:ends] = torch.tensor(told[1:])
        positions[row, :begins] += {FIRST}  # {before}
        positions[row, begins:] -= begins  # {story}
    return inputs, positions, targets

def answer(model, inputs, positions):
    every = torch.ones_like(inputs)  # {one_text}
    read = model(inputs, position_ids=positions, attention_mask=every, use_cache=False)
    return read.logits
""",
    )


def _tell(_: Translate) -> str:
    """Return the cell that lets a model answer an instruction, its likeliest token each time."""
    return cell(
        _("A model tells: its likeliest token, again and again"),
        f"""
@torch.no_grad()
def tell(model, instruction, longest={TOLD}):
    asked = tokenizer.encode(instruction + {BREAK!r}, add_special_tokens=False)
    told = [end]
    while len(told) <= longest:
        positions = [*range({FIRST}, {FIRST} + len(asked)), *range(len(told))]
        logits = answer(model, torch.tensor([asked + told]), torch.tensor([positions]))
        told.append(logits[0, -1].argmax().item())
        if told[-1] == end:
            break
    return tokenizer.decode(told, skip_special_tokens=True)
""",
    )
