"""Running a shown loop for real, one statement at a time or a whole turn at once, in one namespace.

Each statement is compiled from the text that the page shows and executed: nothing stands in for it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from inspect import signature
from types import CodeType
from typing import Any, NamedTuple

from core.keras_pytorch.program import Piece, Program
from core.once import once

Names = dict[str, Any]


class LineError(RuntimeError):
    """A statement of the loop raised.

    Attributes:
        piece: the statement.
        kind: name of the exception's class.
        words: what it said, in full.
    """

    def __init__(self, piece: str, error: Exception) -> None:
        self.piece, self.kind, self.words = piece, type(error).__name__, str(error)
        super().__init__(f"{piece}: {self.kind}: {self.words}")


class Stepper:
    """A program and the names it has made so far.

    Attributes:
        names: all values of the loop, by their names.
    """

    def __init__(self, program: Program, given: Mapping[str, Any]) -> None:
        """Begin a program with what its first lines read: the data, and what the lines import."""
        self.program, self.names = program, dict(given)
        self._turn = [(piece.id, _compiled(piece.source)) for piece in program.body if piece.source]

    def prepare(self) -> Iterator[Piece]:
        """Run what comes before the loop; yield each statement when it has run.

        Raises:
            LineError: a statement raised.
        """
        for piece in self.program.prepare:
            self._run(piece)
            yield piece

    def turn(self, update: int) -> None:
        """Run one turn of the loop.

        Raises:
            LineError: a statement raised.
        """
        self.names["update"] = update
        for name, code in self._turn:
            try:
                exec(code, self.names)
            except Exception as error:  # whatever a damaged line does is what the student is to see
                raise LineError(name, error) from error

    def turn_by_lines(self, update: int) -> Iterator[tuple[Piece, Names]]:
        """Run one turn; yield each statement when it has run, with the names that it sees.

        Where a statement calls a function of the program, that function's own are yielded before it.

        Raises:
            LineError: a statement raised.
        """
        self.names["update"] = update
        for piece in self.program.body:
            if piece.enters:
                yield from self._enter(piece)
            else:
                self._run(piece)
                yield piece, self.names

    def _enter(self, piece: Piece) -> Iterator[tuple[Piece, Names]]:
        """Run `name = function(arguments)` with the function's statements one by one."""
        target, call = _call_of(piece.source)
        given = [eval(argument, self.names) for argument in call.arguments]
        named = {name: eval(argument, self.names) for name, argument in call.named.items()}
        local = signature(self.names[call.function]).bind(*given, **named).arguments
        for inner in self.program.piece(call.function).inside:
            expression = inner.source.removeprefix("return ")
            if expression != inner.source:
                self._run(Piece(inner.id, f"returned = {expression}"), local)
            else:
                self._run(inner, local)
            yield inner, self.names | local
        self.names[target] = local["returned"]
        yield piece, self.names

    def _run(self, piece: Piece, local: Names | None = None) -> None:
        try:
            exec(_compiled(piece.source), self.names, local)
        except Exception as error:  # as in `turn`
            raise LineError(piece.id, error) from error


class _Call(NamedTuple):
    function: str
    arguments: list[str]
    named: dict[str, str]


@once(512)
def _call_of(source: str) -> tuple[str, _Call]:
    """Take `target = function(arguments)` apart."""
    match ast.parse(source).body:
        case [ast.Assign([ast.Name(target)], ast.Call(ast.Name(function), arguments, named))]:
            written = {str(one.arg): ast.unparse(one.value) for one in named}
            return target, _Call(function, [ast.unparse(one) for one in arguments], written)
    raise ValueError(f"not a call that can be entered: {source}")


@once(512)
def _compiled(source: str) -> CodeType:
    return compile(source, "<shown>", "exec")
