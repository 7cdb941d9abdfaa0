"""A calculator for a model: school arithmetic, read by a parser and never by `eval`, each step bounded.

Decimal commas are read as French writes them: `3,5 × 2`. A comma inside a call separates arguments where a space
follows it, `max(1, 2)`; where none does, between two digits, it is a decimal comma.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable
from fractions import Fraction

MOST_CHARACTERS = 200
MOST_BITS = 4_096
"""Of a numerator or a denominator: about 1,200 digits, a third of what Python agrees to write."""
MOST_DIGITS = 15
"""Of a number that is no whole one, where it is written."""

Number = Fraction | float


class CalculatorError(ValueError):
    """What cannot be computed; the message says why, in words for a model: English, short."""


_OPERATIONS: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod,
}  # fmt: skip
_FUNCTIONS: dict[str, Callable[..., Number]] = {
    "sqrt": math.sqrt, "abs": abs, "round": round, "min": min, "max": max, "log": math.log, "log10": math.log10,
    "exp": math.exp, "sin": math.sin, "cos": math.cos, "tan": math.tan, "factorial": lambda n: _factorial(n),
}  # fmt: skip
_NAMES = {"pi": math.pi, "e": math.e}
_WRITTEN = [
    (re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))"), ""),  # 54 000
    (re.compile(r"(?<=\d),(?=\d)"), "."),
    (re.compile(r"(\d(?:[\d.]*))\s*%(?!\s*[\w(.])"), r"(\1/100)"),
    (re.compile(r"[×·⋅]|(?<=\d)\s*[xX]\s*(?=\d)"), "*"),
    (re.compile(r"[÷:]"), "/"),
    (re.compile(r"[−–]"), "-"),
    (re.compile(r"\^"), "**"),
    (re.compile(r"²"), "**2"),
    (re.compile(r"³"), "**3"),
    (re.compile(r"√\s*\(|racine\s*\("), "sqrt("),
    (re.compile(r"√\s*(\d[\d.]*)"), r"sqrt(\1)"),
    (re.compile(r"\bπ"), "pi"),
]


def calculate(text: str) -> str:
    """Return the value of an expression, exact where it is a whole number or a short decimal: `0,1 + 0,2` is 0.3.

    Raises:
        CalculatorError: too long, no arithmetic, a division by zero, a number too large to write.
    """
    if len(text) > MOST_CHARACTERS:
        raise CalculatorError(f"expression longer than {MOST_CHARACTERS} characters")
    plain = text.strip().rstrip("=?").strip()
    for pattern, instead in _WRITTEN:
        plain = pattern.sub(instead, plain)
    try:
        tree = ast.parse(plain.strip(), mode="eval")
        return written(_bounded(_value(tree.body)))
    except (SyntaxError, MemoryError, RecursionError, ValueError) as error:
        if isinstance(error, CalculatorError):
            raise
        what = "no arithmetic" if not isinstance(error, ValueError) or isinstance(error, SyntaxError) else str(error)
        raise CalculatorError(what) from None
    except ZeroDivisionError:
        raise CalculatorError("division by zero") from None
    except (OverflowError, TypeError) as error:
        raise CalculatorError("number too large" if isinstance(error, OverflowError) else "no arithmetic") from None


def written(value: Number) -> str:
    """Return a number as text: whole ones in full, others with at most fifteen digits."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return str(value.numerator)
    try:
        return f"{float(value):.{MOST_DIGITS}g}"
    except OverflowError:
        raise CalculatorError("number too large") from None


def _value(node: ast.expr) -> Number:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and type(node.value) is not bool:
        return _constant(node.value)
    if isinstance(node, ast.Name) and node.id in _NAMES:
        return _NAMES[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        value = _value(node.operand)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp):
        one, other = _value(node.left), _value(node.right)
        if isinstance(node.op, ast.Pow):
            return _bounded(_power(one, other))
        if type(node.op) in _OPERATIONS:
            return _bounded(_OPERATIONS[type(node.op)](one, other))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
        if node.keywords or not node.args:
            raise CalculatorError("no arithmetic")
        return _called(node.func.id, [_value(argument) for argument in node.args])
    raise CalculatorError("no arithmetic")


def _constant(value: float) -> Number:
    """Return a number as it was typed, a decimal exactly: 0.1 is a tenth."""
    return Fraction(str(value)) if math.isfinite(value) else value


def _called(name: str, arguments: list[Number]) -> Number:
    if name == "round" and len(arguments) == 2:
        return round(Fraction(arguments[0]), _whole(arguments[1], 100))
    found: Number | int = _FUNCTIONS[name](*arguments)
    return _bounded(Fraction(found) if isinstance(found, int) else found)


def _power(base: Number, exponent: Number) -> Number:
    """Return a power, once its size is known to be bearable."""
    if isinstance(exponent, Fraction) and exponent.denominator == 1 and isinstance(base, Fraction):
        if abs(exponent) * max(_bits(base) - 1, int(abs(base) != 1 and base != 0)) > MOST_BITS:
            raise CalculatorError("number too large")
        return Fraction(base) ** int(exponent)
    if float(base) < 0:
        raise CalculatorError("no real number")
    return math.pow(float(base), float(exponent))


def _factorial(value: Number) -> Fraction:
    return Fraction(math.factorial(_whole(value, 400)))


def _whole(value: Number, most: int) -> int:
    if value != int(value) or abs(Fraction(value)) > most:
        raise CalculatorError(f"a whole number up to {most} expected")
    return int(value)


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _bounded(value: Number) -> Number:
    if isinstance(value, Fraction):
        if _bits(value) > MOST_BITS:
            raise CalculatorError("number too large")
        return value
    if not math.isfinite(value):
        raise CalculatorError("number too large")
    return value
