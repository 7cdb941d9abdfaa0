"""Le réseau, et ses nombres gardés époque par époque : python train.py --learning-rate 0.01."""

import argparse
from dataclasses import asdict, dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import data
import measure
from tracking import Tracker


@dataclass(frozen=True)
class Settings:
    """Ce qui détermine un essai : mêmes réglages, mêmes nombres."""

    seed: int = 1
    epochs: int = 10
    batch_size: int = 32
    learning_rate: float = 0.003
    width: int = 64


def train(settings: Settings, tracker: Tracker) -> nn.Module:
    """Entraîne un réseau ; dit au suivi sa perte et son exactitude après chaque époque."""
    torch.manual_seed(settings.seed)
    images, labels = (torch.from_numpy(array) for array in data.load("train"))
    unseen, truth = data.load("validation")
    model = nn.Sequential(nn.Linear(784, settings.width), nn.ReLU(), nn.Linear(settings.width, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=settings.learning_rate)
    for epoch in range(1, settings.epochs + 1):
        losses = []
        for batch in torch.randperm(len(labels)).split(settings.batch_size):
            loss = F.cross_entropy(model(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        reached = measure.accuracy(truth, predict(model, unseen))
        tracker.log(epoch, train_loss=float(np.mean(losses)), validation_accuracy=reached)
    return model


def predict(model: nn.Module, images: np.ndarray) -> np.ndarray:
    """Rend la classe que le modèle donne à chaque image."""
    with torch.no_grad():
        return model(torch.from_numpy(images)).argmax(dim=1).numpy()


def main() -> None:
    """Entraîne comme le dit la ligne de commande, et affiche le résultat."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name, default in asdict(Settings()).items():
        asked.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    asked.add_argument("--open-test", action="store_true", help="une fois, quand il n’y a plus rien à choisir")
    given = vars(asked.parse_args())
    part = "test" if given.pop("open_test") else "validation"
    settings = Settings(**given)
    with Tracker(asdict(settings)) as tracker:
        model = train(settings, tracker)
    images, truth = data.load(part)
    print(measure.report(f"réseau ({part})", truth, predict(model, images)))


if __name__ == "__main__":
    main()
