"""Regarder les données avant tout modèle : python check_data.py."""

import sys

import numpy as np

import data

CLASSES = 10
SHADES = " .:-=+*#%@"


def faults(images: np.ndarray, labels: np.ndarray, parts: dict[str, np.ndarray]) -> list[str]:
    """Rend en mots ce qui ne va pas dans des images ; rien si tout va bien."""
    found = []
    if images.shape[1:] != (28, 28) or len(images) != len(labels):
        found.append(f"formes : images {images.shape}, étiquettes {labels.shape}")
    if not set(np.unique(labels)) <= set(range(CLASSES)):
        found.append(f"étiquettes inconnues : {sorted(set(np.unique(labels)) - set(range(CLASSES)))}")
    for part, chosen in parts.items():
        empty = [digit for digit in range(CLASSES) if not np.any(labels[chosen] == digit)]
        if empty:
            found.append(f"{part} : aucun exemple de {empty}")
    twice = _twice(images, parts)
    if twice:
        found.append(f"{len(twice)} images s’y trouvent plus d’une fois : {twice[:5]}")
    inverted = np.flatnonzero(images.reshape(len(images), -1).mean(axis=1) > 127)
    if len(inverted):
        found.append(f"{len(inverted)} images sont claires là où les autres sont sombres : {inverted[:5].tolist()}")
    return found


def _twice(images: np.ndarray, parts: dict[str, np.ndarray]) -> list[tuple[int, int]]:
    """Rend les paires d’images égales, où qu’elles soient : une image dans deux parties flatte la mesure."""
    first: dict[bytes, int] = {}
    pairs = []
    for index in np.concatenate(list(parts.values())).tolist():
        seen = first.setdefault(images[index].tobytes(), index)
        if seen != index:
            pairs.append((seen, index))
    return pairs


def drawing(image: np.ndarray) -> str:
    """Rend une image en texte, une ligne sur deux."""
    return "\n".join("".join(SHADES[value * len(SHADES) // 256] for value in row) for row in image[::2].astype(int))


def main() -> int:
    """Montre un exemple de chaque classe, les compte, et dit ce qui ne va pas."""
    images, labels = data.read()
    parts = data.split(len(labels))
    for digit in range(CLASSES):
        print(f"étiquette {digit} :\n{drawing(images[np.flatnonzero(labels == digit)[0]])}")
    for part, chosen in parts.items():
        print(f"{part:12} {len(chosen):5} exemples, par classe : {np.bincount(labels[chosen], minlength=CLASSES)}")
    found = faults(images, labels, parts)
    print("\n".join(found) or "Rien d’anormal n’a été trouvé. Regardez maintenant cinquante exemples vous-même.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
