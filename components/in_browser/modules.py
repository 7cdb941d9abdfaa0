"""One string out of modules: what Streamlit takes of a component's JavaScript and CSS, and no import resolves in it.

A picture is written as files that editors, linter and tests read as they are. Here every imported script becomes a
function that runs once and returns its exports, every import takes from what came back, and every imported style sheet
stands before those that may overrule it. Only what the course writes is understood, at the start of a line:

    import { make, svg } from "../in_browser/base.js";
    export function …, export const …, export class …; export default function …, by a component alone
    @import "../in_browser/base.css";

Anything else fails when the component is registered, before any student meets it. Comments and indentation stay here:
the strings travel to the browser with every change of a component's data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

IMPORT = re.compile(r'^import \{([^{}]+)\} from "(\.{1,2}/[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
DEFAULT = re.compile(r"^export (?=default function\b)", re.MULTILINE)
STYLE = re.compile(r'^@import "(\.{1,2}/[^"]+)";\n', re.MULTILINE)
UNKNOWN = re.compile(r"^(?:@?import|export)\b.*", re.MULTILINE)
COMMENT = re.compile(r"^ *(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
"""A comment on lines of its own."""
INDENT = re.compile(r"^ +", re.MULTILINE)


class ModuleError(ValueError):
    """Modules that cannot be one string: a file or an export is missing, they need each other, a form is unknown."""


@dataclass(frozen=True)
class Module:
    """One script or style sheet.

    Attributes:
        path: the file, resolved.
        source: its text.
        imports: the names it takes from each other file; a style sheet takes all.
        exports: the names it gives, a default aside.
    """

    path: Path
    source: str
    imports: Mapping[Path, set[str]]
    exports: set[str]


def join_scripts(component: Path) -> str:
    """Return a component's script and all that it imports, as one module with the same exports.

    Raises:
        ModuleError: a file or an export is missing, imports go in a circle, or a form is unknown.
    """
    *imported, own = _in_order(component, read_script)
    exports = {module.path: module.exports for module in imported}
    for module in (*imported, own):
        for target, names in module.imports.items():
            if missing := ", ".join(sorted(names - exports[target])):
                raise ModuleError(f"{module.path.name} imports what {target.name} does not export: {missing}")
    return _slim("".join([*map(_as_function, imported), _resolved(own)]))


def join_styles(component: Path) -> str:
    """Return a component's style sheet behind all that it imports.

    Raises:
        ModuleError: a file is missing, imports go in a circle, or a form is unknown.
    """
    return _slim("".join(STYLE.sub("", module.source) for module in _in_order(component, read_style)))


def read_script(path: Path) -> Module:
    """Read a script's imports and exports.

    Raises:
        ModuleError: there is no such file, or it imports or exports in a form that nobody here reads.
    """
    source = _read(path)
    _refuse(path, DEFAULT.sub("", EXPORT.sub("", IMPORT.sub("", source))))
    imports: dict[Path, set[str]] = {}
    for match in IMPORT.finditer(source):
        imports.setdefault(_target(path, match[2]), set()).update(name.split(" as ")[0] for name in _names(match))
    return Module(path, source, imports, set(EXPORT.findall(source)))


def read_style(path: Path) -> Module:
    """Read a style sheet's imports.

    Raises:
        ModuleError: there is no such file, or it imports in a form that nobody here reads.
    """
    source = _read(path)
    _refuse(path, STYLE.sub("", source))
    return Module(path, source, {_target(path, asked): set() for asked in STYLE.findall(source)}, set())


def _in_order(component: Path, read: Callable[[Path], Module]) -> list[Module]:
    """Return the modules that imports lead to, each behind those it imports, the component's own at the end."""
    modules: dict[Path, Module] = {}
    waiting = [component.resolve()]
    while waiting:
        path = waiting.pop()
        if path not in modules:
            modules[path] = read(path)
            waiting.extend(modules[path].imports)
    try:
        order = TopologicalSorter({path: list(module.imports) for path, module in modules.items()}).static_order()
        return [modules[path] for path in order]
    except CycleError as error:
        raise ModuleError("imports go in a circle: " + " → ".join(path.name for path in error.args[1])) from error


def _as_function(module: Module) -> str:
    """Return an imported script as a constant: what a function with its text gave."""
    if DEFAULT.search(module.source):
        raise ModuleError(f"{module.path.name} is a component: what others import belongs into a file of its own")
    body, exports = EXPORT.sub("", _resolved(module)), ", ".join(sorted(module.exports))
    return f"const {_constant(module.path)} = (() => {{\n{body}return {{ {exports} }};\n}})();\n"


def _resolved(module: Module) -> str:
    """Return a script in which every import takes from the imported one's constant."""

    def taken(match: re.Match[str]) -> str:
        names = ", ".join(name.replace(" as ", ": ") for name in _names(match))
        return f"const {{ {names} }} = {_constant(_target(module.path, match[2]))};"

    return IMPORT.sub(taken, module.source)


def _slim(source: str) -> str:
    return INDENT.sub("", COMMENT.sub("", source))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ModuleError(f"{path}: {error.strerror}") from error


def _refuse(path: Path, rest: str) -> None:
    """Raise ModuleError if something is imported or exported besides what was understood."""
    if unknown := UNKNOWN.search(rest):
        raise ModuleError(f"{path.name}: this form is not understood: {unknown[0]}")


def _target(path: Path, asked: str) -> Path:
    return (path.parent / asked).resolve()


def _names(match: re.Match[str]) -> list[str]:
    """Return the names in the braces of an import, `one as other` included."""
    return [" ".join(name.split()) for name in match[1].split(",") if name.strip()]


def _constant(path: Path) -> str:
    """Return what holds a module's exports in the script: $in_browser_base."""
    return "$" + re.sub(r"\W", "_", f"{path.parent.name}_{path.stem}")
