"""The words of the picture of the page on sizes."""

from __future__ import annotations

from typing import Any

from components.language import _
from components.model_size.state import number_names, repair_words

FAMILY_NAMES = {"gpt2": "GPT-2", "llama": "Llama", "mistral": "Mistral", "mixtral": "Mixtral"}


def labels() -> dict[str, Any]:
    """Return every word of the picture, by what it names."""
    return _hands() | _blocks() | _figures() | _formulas() | {
        "alt": _("A model of {number} parameters: each part as large as its parameters.", number="%n"),
        "where": _("Where are they?"),
        "own": _("A model of your own"),
        "parameters": _("parameters"),
        "unknownSize": _("{name}: off the axis, size unknown", name="%s"),
        "unknownHere": _("size never published"),
        "unpublished": _("OpenAI has never published its size: nothing can be drawn."),
        "models": _("Models with a name, by their parameters"),
        "courseSquare": _("the course’s network"),
        "courseDot": _("the course’s network, less than a pixel"),
        "trail": _("Where you are in the model"),
        "parts": _("Parts"),
        "more": _("More sliders, all models"),
        "moreOnWalls": _("All models, compare"),
    }  # fmt: skip


def _hands() -> dict[str, Any]:
    return {
        "names": number_names(),
        "lettersNames": {
            "width": _("Numbers for a letter"),
            "feed_forward": _("Hidden neurons"),
            "context": _("Letters seen"),
        },
        "exactly": _("{name}, exactly", name="%s"),
        "outside": _("From {least} to {most}.", least="%a", most="%b"),
        "repairs": repair_words(),
        "allOfIt": _("no limit"),
        "family": _("Family"),
        "familyNames": FAMILY_NAMES | {"letters": _("Letters")},
        "precision": _("Precision of the weights"),
        "precisionNames": {"fp32": "FP32", "fp16": "FP16", "8 bits": _("8 bits"), "4 bits": _("4 bits")},
        "tied": _("One matrix for table and output"),
        "pin": _("Keep to compare"),
        "unpin": _("Stop comparing"),
    }  # fmt: skip


def _blocks() -> dict[str, Any]:
    return {
        "width": _("width"),
        "blocks": {
            "model": _("Model"),
            "embedding": _("Table of tokens"),
            "positions": _("Table of positions"),
            "layer": _("layer"),
            "attention": _("Attention"),
            "feed_forward": _("Feed-forward"),
            "router": _("Router"),
            "expert": _("Expert"),
            "experts": _("Experts"),
            "norms": _("Norms"),
            "norm_before_attention": _("Norm before attention"),
            "norm_before_feed_forward": _("Norm before feed-forward"),
            "norm_at_the_end": _("Last norm"),
            "head": _("Output"),
            "output": _("Output"),
            "hidden": _("Hidden layer"),
            "q": _("Q, queries"),
            "k": _("K, keys"),
            "v": _("V, values"),
            "o": _("O, output"),
            "gate": _("Gate"),
            "up": _("Up"),
            "down": _("Down"),
            "scale": _("Scale"),
            "shift": _("Shift"),
        },
        "lettersBlocks": {"embedding": _("Table of letters"), "output": _("Output")},
        "bias": _("{name}: bias", name="%s"),
        "oneLayer": _("one layer of {number}", number="%n"),
        "oneExpert": _("one expert of {number}", number="%n"),
        "timesIn": _("{number} times in the model.", number="%n"),
        "tiedHead": _("it is the table: no parameter more"),
        "cut": _("(cut: it is longer than this)"),
        "about": _about(),
        "aboutTied": _("At the output the same matrix is multiplied as a whole."),
        "sides": _sides(),
        "lettersAbout": {
            "embedding": _("A row of numbers for each character."),
            "hidden": _("Each neuron looks at the numbers of all letters seen."),
            "output": _("A score for each character that may come next."),
        },
    }  # fmt: skip


def _sides() -> dict[str, list[str]]:
    """Return what the rows and the columns of each matrix are."""
    width, feed_forward = _("width"), _("feed-forward width")
    heads, keys = _("heads × numbers of a head"), _("key–value heads × numbers of a head")
    return {
        "embedding": [_("tokens"), width],
        "positions": [_("positions"), width],
        "head": [_("tokens"), width],
        "q": [heads, width],
        "k": [keys, width],
        "v": [keys, width],
        "o": [width, heads],
        "gate": [feed_forward, width],
        "up": [feed_forward, width],
        "down": [width, feed_forward],
        "router": [_("experts"), width],
        "hidden": [_("neurons"), _("letters × numbers of each")],
        "output": [_("characters"), _("neurons")],
    }


def _about() -> dict[str, str]:
    return {
        "embedding": _("A row of numbers for each token: at the input one row is looked up, and nothing multiplied."),
        "positions": _("A row of numbers for each position in the text."),
        "layer": _("All layers have the same shape: attention, then feed-forward."),
        "attention": _("Here a token looks at those before it."),
        "feed_forward": _("Here each token is worked on by itself."),
        "router": _("It chooses the experts of each token."),
        "expert": _("A feed-forward network of its own; a token goes through a few of them."),
        "norm_before_attention": _("It brings the numbers of a token back to a common scale."),
        "norm_before_feed_forward": _("It brings the numbers of a token back to a common scale."),
        "norm_at_the_end": _("It brings the numbers of a token back to a common scale."),
        "head": _("A score for each token that may come next."),
        "q": _("What a token looks for."),
        "k": _("What a token can be found by; kept in the cache."),
        "v": _("What a token hands over; kept in the cache."),
        "o": _("It brings together what the heads have found."),
        "gate": _("It decides how much of each number passes."),
        "up": _("It spreads a token over many more numbers."),
        "down": _("It brings them back to the width of the model."),
        "scale": _("A factor for each number."),
        "shift": _("A term added to each number."),
        "bias": _("A term added to each output of the matrix."),
    }


def _figures() -> dict[str, Any]:
    return {
        "figures": _("What it weighs and costs"),
        "figureNames": {
            "parameters": _("Parameters"),
            "weights": _("Weights ({precision})", precision="%p"),
            "cache": _("Cache, in {bits} bits", bits="%b"),
            "memory": _("In memory"),
            "operations": _("Operations, last token"),
            "writing": _("Writing, full context"),
            "reading": _("Reading all of it"),
        },
        "lettersFigures": {"operations": _("Operations a letter")},
        "noRoom": _("It does not fit into this card’s memory: no speed to predict."),
        "copies": _("the cache moves {times} times: transformers copies it", times="%n"),
        "onlyBytes": _("measured in 32 bits; at this precision only the bytes are counted anew"),
        "tooFast": _("for reading, such predictions have been up to two times too fast"),
        "speed": _("{number} tokens/s", number="%n"),
        "slow": {
            "second": _("a token in {number} s", number="%n"),
            "minute": _("a token in {number} min", number="%n"),
            "hour": _("a token in {number} h", number="%n"),
            "day": _("a token in {number} days", number="%n"),
        },
        "tooLarge": _("too large for {bytes}", bytes="%n"),
        "noSpeed": _("No attention, no tokens: no speed to predict."),
        "machine": _("Speeds on"),
        "hint": _("Press a number: its formula comes here."),
        "active": _("{number} used by a token", number="%n"),
        "bytesNames": {
            "fp32": _("4 bytes"),
            "fp16": _("2 bytes"),
            "8 bits": _("34 bytes for 32 numbers, vectors in 4 bytes each"),
            "4 bits": _("18 bytes for 32 numbers, vectors in 4 bytes each"),
        },
    }  # fmt: skip


def _formulas() -> dict[str, Any]:
    spent = {"orders": "%q", "memory": "%m", "bytes": "%b", "arithmetic": "%a", "operations": "%o", "seconds": "%s"}
    n = {"weights": "%w", "cache": "%c", "memory": "%m", "parameters": "%N", "operations": "%o"}
    return {
        "formulas": {
            "weights": _("{parameters} parameters, {each}: {weights} bytes", each="%b", **n),
            "cache": _(
                "2 (keys, values) × {layers} layers × {heads} key–value heads × {numbers} numbers × {each} bytes × "
                "{tokens} tokens = {cache} bytes",
                layers="%l", heads="%k", numbers="%h", each="%e", tokens="%t", **n,
            ),
            "memory": _("{weights} bytes of weights + {cache} of cache = {memory}", **n),
            "operations": _(
                "2 × {matrices} numbers of matrices + 4 × {layers} layers × {width} × {tokens} tokens looked at "
                "= {operations}",
                matrices="%a", layers="%l", width="%d", tokens="%t", **n,
            ),
            "writing": _(
                "fixed costs {orders} + the longer of two: fetching {bytes} ({memory}) or computing {operations} "
                "operations ({arithmetic}) = {seconds} a token",
                **spent,
            ),
            "reading": _(
                "fixed costs {orders} + fetching {bytes} ({memory}) + computing {operations} operations ({arithmetic}) "
                "= {seconds} for {tokens} tokens at once",
                tokens="%t", **spent,
            ),
        },
        "lettersFormulas": {
            "cache": _("No attention: nothing to keep."),
            "operations": _("2 × {matrices} numbers of matrices = {operations}", matrices="%a", **n),
        },
        "windowStops": _("(beyond the window the cache no longer grows)"),
    }  # fmt: skip
