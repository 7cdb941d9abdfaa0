"""What one step of training costs in principle: operations, bytes moved, bytes sent. No machine here, only counting.

The network is 784 → width → width → 10, or the course's own. A step is forward, loss, backward, update by plain SGD.
"""

from __future__ import annotations

from itertools import pairwise

from core.tasks.digits.settings import MLP_WIDTHS

COURSE = 0
"""Stands for the course's own network, 784 → 200 → 100 → 75 → 10, among the widths."""
WIDTHS = (16, 64, COURSE, 256, 1024, 4096)
"""Those that were measured, from the fewest weights to the most."""
BATCHES = tuple(4**power for power in range(8))
"""Those that were measured: 1 to 16,384."""
STOPS = tuple(2**power for power in range(15))
"""Those that the slider stops on: every second one lies between two that were measured."""
PRECISIONS = ("fp32", "tf32", "bf16")
NUMBER_BYTES = {"fp32": 4, "tf32": 4, "bf16": 2}
"""Of one activation: TF32 rounds inside the product and leaves the numbers in memory at 32 bits."""
WEIGHT_BYTES = 4
"""Weights stay at 32 bits; under bf16 they are rounded on their way into the product."""
PIXELS = 784


def sizes(width: int) -> list[int]:
    """Return the sizes of the layers, inputs first."""
    return [PIXELS, width, width, 10] if width else list(MLP_WIDTHS)


def layers(width: int) -> list[tuple[int, int]]:
    """Return (inputs, outputs) of each layer."""
    return list(pairwise(sizes(width)))


def weights(width: int) -> int:
    """Return how many weights the network has, biases included."""
    return sum((fan_in + 1) * fan_out for fan_in, fan_out in layers(width))


def operations(width: int, batch: int) -> int:
    """Return the multiplications and additions of one step's matrix products.

    Forward takes 2 · inputs · outputs · batch for a layer. Backward takes as much for the gradient of the weights, and
    again for that of the inputs; the first layer needs none of its inputs, since they are pictures.
    """
    found = 0
    for at, (fan_in, fan_out) in enumerate(layers(width)):
        found += (3 if at else 2) * 2 * fan_in * fan_out * batch
    return found


def moved_bytes(width: int, batch: int, precision: str = "fp32") -> int:
    """Return the bytes that one step reads from memory and writes to it, if nothing stays near the processor.

    Weights: read forward, read backward (but in the first layer), gradient written; the update reads both and writes
    the weight. Numbers of the batch: each operation reads what it takes and writes what it makes.
    """
    passes_of_weights, numbers = 0, 0
    last = len(layers(width)) - 1
    for at, (fan_in, fan_out) in enumerate(layers(width)):
        passes_of_weights += (6 if at else 5) * (fan_in + 1) * fan_out
        numbers += fan_in + fan_out  # forward
        numbers += fan_in + fan_out  # gradient of the weights
        numbers += fan_in + fan_out if at else 0  # gradient of the inputs
        numbers += 5 * fan_out if at < last else 4 * fan_out  # ReLU, forward and backward; or the loss
    return WEIGHT_BYTES * passes_of_weights + NUMBER_BYTES[precision] * numbers * batch


def sent_bytes(batch: int) -> int:
    """Return the bytes of a batch of pictures, as they are sent to a card: 32 bits a pixel."""
    return 4 * PIXELS * batch
