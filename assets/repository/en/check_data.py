"""Look at the data before any model does: python check_data.py."""

import sys

import numpy as np

import data

CLASSES = 10
SHADES = " .:-=+*#%@"


def faults(images: np.ndarray, labels: np.ndarray, parts: dict[str, np.ndarray]) -> list[str]:
    """Return what is wrong with a set of images, in words; nothing if all is well."""
    found = []
    if images.shape[1:] != (28, 28) or len(images) != len(labels):
        found.append(f"shapes: {images.shape} images, {labels.shape} labels")
    if not set(np.unique(labels)) <= set(range(CLASSES)):
        found.append(f"unknown labels: {sorted(set(np.unique(labels)) - set(range(CLASSES)))}")
    for part, chosen in parts.items():
        empty = [digit for digit in range(CLASSES) if not np.any(labels[chosen] == digit)]
        if empty:
            found.append(f"{part}: no example of {empty}")
    twice = _twice(images, parts)
    if twice:
        found.append(f"{len(twice)} images stand in the set more than once: {twice[:5]}")
    inverted = np.flatnonzero(images.reshape(len(images), -1).mean(axis=1) > 127)
    if len(inverted):
        found.append(f"{len(inverted)} images are bright where the others are dark: {inverted[:5].tolist()}")
    return found


def _twice(images: np.ndarray, parts: dict[str, np.ndarray]) -> list[tuple[int, int]]:
    """Return pairs of equal images, wherever they stand: one in two parts makes the measure flatter."""
    first: dict[bytes, int] = {}
    pairs = []
    for index in np.concatenate(list(parts.values())).tolist():
        seen = first.setdefault(images[index].tobytes(), index)
        if seen != index:
            pairs.append((seen, index))
    return pairs


def drawing(image: np.ndarray) -> str:
    """Return an image as text, every second row."""
    return "\n".join("".join(SHADES[value * len(SHADES) // 256] for value in row) for row in image[::2].astype(int))


def main() -> int:
    """Show an example of each class, count them, and say what is wrong."""
    images, labels = data.read()
    parts = data.split(len(labels))
    for digit in range(CLASSES):
        print(f"label {digit}:\n{drawing(images[np.flatnonzero(labels == digit)[0]])}")
    for part, chosen in parts.items():
        print(f"{part:12} {len(chosen):5} examples, by class: {np.bincount(labels[chosen], minlength=CLASSES)}")
    found = faults(images, labels, parts)
    print("\n".join(found) or "Nothing wrong was found. Now look at fifty examples yourself.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
