"""The code beside the picture of the transfer learning page, generated from the settings.

Two versions: PyTorch with the very random numbers of the page, whose accuracy equals the picture's; Keras as the
course writes it, with its own EfficientNetB0. A test executes both.
"""

from __future__ import annotations

from core.notebooks import DataFile, Translate, cell
from core.tasks.signs.files import BASE, FEATURES, PHOTOS
from core.tasks.signs.settings import ALL, SignsSettings
from core.tasks.signs.splits import DRAW
from core.training.shown_code import dropout
from core.transfer_learning.shown_base import base_cells
from core.transfer_learning.shown_copies import copies_cell


def sources(settings: SignsSettings, _: Translate) -> dict[str, str]:
    """Return both versions by name."""
    return {"Keras": keras_source(settings, _), "PyTorch": torch_source(settings, _)}


def files(settings: SignsSettings, _: Translate) -> list[DataFile]:
    """Return what the code reads."""
    about = _("2,062 photographs of hands (A. Mavi, Sign Language Digits Dataset, 2020; Apache-2.0)")
    found = [DataFile(PHOTOS.name, about, PHOTOS.read_bytes)]
    if _reads_features(settings):
        about = _("what EfficientNet-Lite0 sees on each of them (weights by Google, ImageNet; Apache-2.0)")
        found.append(DataFile(FEATURES.name, about, FEATURES.read_bytes))
    elif settings.way in {"imagenet", "tuned"}:
        about = _("the weights of EfficientNet-Lite0 (Google, ImageNet; Apache-2.0)")
        found.append(DataFile(BASE.name, about, BASE.read_bytes))
    return found


def keras_source(settings: SignsSettings, _: Translate) -> str:
    """Return the course's Keras code: a frozen EfficientNetB0 that Keras fetches, average pooling, dropout, softmax."""
    body = f"""
import keras

keras.utils.set_random_seed({settings.seed})
base = keras.applications.EfficientNetB0(include_top=False, weights="imagenet", input_shape=(100, 100, 3))
base.trainable = False
model = keras.Sequential([
    keras.Input((100, 100, 3)),
    base,
    keras.layers.GlobalAveragePooling2D(),
    keras.layers.Dropout({settings.dropout!r}),
    keras.layers.Dense(10, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam({settings.learning_rate!r}),
              loss="sparse_categorical_crossentropy", metrics=["accuracy"])
"""
    if settings.way == "scratch":
        body = body.replace('weights="imagenet"', "weights=None").replace("trainable = False", "trainable = True")
    elif settings.way == "random":
        body = body.replace('weights="imagenet"', "weights=None")
    elif settings.is_tuned:
        why = _("all of it; freeze its first layers for less")
        body = body.replace("trainable = False", f"trainable = True  # {why}")
    per_epoch = -(-10 * settings.photos // settings.batch_size)
    epochs = max(1, settings.updates // per_epoch)
    fit = f"""
model.fit(photos[learned], signs[learned], batch_size={settings.batch_size}, epochs={epochs})
loss, accuracy = model.evaluate(photos[others], signs[others])
print(f"{{accuracy:.1%}}")
"""
    title = _("The base, which Keras fetches (16 MB), and a head; its inputs are 0 to 255")
    backend = 'import os\nos.environ["KERAS_BACKEND"] = "torch"\n'
    return "\n".join(
        [_data(_, before=backend), _split(settings, _), cell(title, body), cell(_("Train, then measure"), fit)]
    )


def torch_source(settings: SignsSettings, _: Translate) -> str:
    """Return the PyTorch code that draws the picture's own photos, initial weights, batches and dropout."""
    parts = [_data(_, after="\nimport torch"), _split(settings, _)]
    if settings.copies:
        parts.append(copies_cell(settings.copies, _))
    if settings.way != "scratch" and not _reads_features(settings):
        parts += base_cells("random" if settings.way == "random" else "tuned", settings.seed, _)
    parts += [_inputs(settings, _), _network(settings, _), _training(settings, _)]
    return "\n".join(parts)


def _reads_features(settings: SignsSettings) -> bool:
    """Whether what the base sees is shipped: on photos as taken."""
    return settings.way == "imagenet" and not settings.needs_base


def _data(_: Translate, *, before: str = "", after: str = "") -> str:
    shape = _("photos, height, width, colours")
    return cell(
        _("The photographs: hands, signs 0 to 9, and whose hand it is"),
        f"""
{before}import io
import numpy as np
from PIL import Image
from safetensors.numpy import load_file{after}

data = load_file("{PHOTOS.name}")
signs, people = data["signs"].astype(int), data["people"].astype(int)
images = np.split(data["images"], data["ends"].astype(int)[:-1])
photos = np.stack([np.asarray(Image.open(io.BytesIO(image.tobytes()))) for image in images])
print(photos.shape)  # {shape}
""",
    )


def _split(settings: SignsSettings, _: Translate) -> str:
    if settings.split == "people":
        title = _("130 people to learn from; the others are never seen")
        more = ""
    else:
        title = _("As many photos drawn at random: most people stand on both sides")
        more = "in_pool = in_pool[rng.permutation(len(in_pool))]\n"
    return cell(
        title,
        f"""
rng = np.random.default_rng({DRAW})
in_pool = np.isin(people, rng.permutation(people.max() + 1)[:{ALL}])
{more}pool, others = np.flatnonzero(in_pool), np.flatnonzero(~in_pool)
rng = np.random.default_rng([{DRAW}, {settings.seed}])
learned = np.concatenate([rng.permutation(pool[signs[pool] == sign])[:{settings.photos}] for sign in range(10)])
""",
    )


def _inputs(settings: SignsSettings, _: Translate) -> str:
    """Return the cell that makes x_train, y_train, x_val, y_val."""
    targets = f"""
y_train = torch.tensor(signs[learned]).repeat({1 + settings.copies})
y_val = torch.tensor(signs[others])
""".replace(".repeat(1)", "")
    first = "list(photos[learned])" + (" + copies" if settings.copies else "")
    if settings.way == "scratch":
        title = _("Small photos, 32 × 32")
        code = f"""
def to_small(some):
    sized = [np.asarray(Image.fromarray(photo).resize((32, 32), Image.Resampling.BOX)) for photo in some]
    return (torch.tensor(np.stack(sized)).permute(0, 3, 1, 2).float() - 127) / 128

x_train, x_val = to_small({first}), to_small(photos[others])
"""
    elif _reads_features(settings):
        title = _("What the frozen base sees, looked at once: 1,280 numbers a photo")
        code = f"""
seen = load_file("{FEATURES.name}")
features = torch.tensor(seen["features"] * seen["scale"])
x_train, x_val = features[learned], features[others]
"""
    else:
        title = _("The frozen layers look at the photos once")
        top = f"[:-{settings.blocks}]" if settings.is_tuned else ""
        code = f"""
frozen = base{top}
with torch.no_grad():
    x_train, x_val = (
        torch.cat([frozen(to_inputs(some[begin : begin + 16])) for begin in range(0, len(some), 16)])
        for some in ({first}, list(photos[others]))
    )
"""
    return cell(title, code + targets)


def _network(settings: SignsSettings, _: Translate) -> str:
    width = 64 if settings.way == "scratch" else 1280
    init = "nn.init.xavier_uniform_({0}.weight, generator=generator)\nnn.init.zeros_({0}.bias)"
    if settings.way == "scratch":
        body = """
body = nn.Sequential(
    nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(1024, 64), nn.ReLU(),
)
for layer in body:
    if hasattr(layer, "weight"):
        nn.init.xavier_uniform_(layer.weight, generator=generator)
        nn.init.zeros_(layer.bias)
"""
    elif settings.is_tuned:
        body = f"\nbody = base[-{settings.blocks}:].requires_grad_(True)\n"
    else:
        still = _("the base stands still")
        body = f"\nbody = nn.Identity()  # {still}\n"
    rate = f"Dropout({settings.dropout!r})"
    code = f"""
import torch.nn.functional as F
from torch import nn

generator = torch.Generator().manual_seed({settings.seed})
{dropout(_)}{body}
head = nn.Linear({width}, 10)
{init.format("head")}
model = nn.Sequential(body, {rate}, head)
"""
    return cell(_("The network: what looks, dropout, ten outputs"), code)


def _training(settings: SignsSettings, _: Translate) -> str:
    first = ""
    if settings.is_tuned:
        why = _("first the head alone: a random one would tear at what the base knows")
        first = f"""
# {why}
with torch.no_grad():
    seen = body(x_train)
optimizer = torch.optim.Adam(head.parameters(), lr=0.01, eps=1e-7)
for update in range(300):
    some = torch.randint(len(y_train), ({settings.batch_size},), generator=generator)
    loss = F.cross_entropy(head(model[1](seen[some])), y_train[some])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
"""
    code = f"""
{first}
optimizer = torch.optim.Adam(model.parameters(), lr={settings.learning_rate!r}, eps=1e-7)
update = 0
while update < {settings.updates}:
    for some in torch.randperm(len(y_train), generator=generator).split({settings.batch_size}):
        if update == {settings.updates}:
            break
        loss = F.cross_entropy(model(x_train[some]), y_train[some])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        update += 1

model.eval()
with torch.no_grad():
    read = torch.cat([model(some).argmax(1) for some in x_val.split(64)])
accuracy = (read == y_val).float().mean().item()
print(f"{{accuracy:.1%}}")
"""
    return cell(_("Train, then measure on the others"), code)
