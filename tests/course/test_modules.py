"""The browser's code: one string out of modules, and one toolbox whose every part is used."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from components.in_browser import COMPONENTS
from components.in_browser.modules import ModuleError, join_scripts, join_styles, read_script, read_style
from components.server.python_files import WORKER
from core.files import ROOT
from tests.node import ask

SCRIPTS = sorted(set(COMPONENTS.rglob("*.js")) - {WORKER})
"""A worker is no component: the server hands it out as it is."""
MOUNTED = sorted(
    name
    for path in COMPONENTS.rglob("*.py")
    for name in re.findall(r'\bcomponent\(\s*"([\w/]+)"', path.read_text(encoding="utf-8"))
)


def write(folder: Path, **modules: str) -> Path:
    """Write modules, a file each; return the first."""
    paths = []
    for name, source in modules.items():
        path = folder / f"{name}.js"
        path.write_text(source, encoding="utf-8")
        paths.append(path)
    return paths[0]


@pytest.mark.parametrize("name", sorted(set(MOUNTED)))
def test_every_component_becomes_one_module_that_a_browser_can_load(name: str, tmp_path: Path) -> None:
    """Joined, a component is one script without an import, whose default export is what Streamlit calls."""
    joined = join_scripts(COMPONENTS / f"{name}.js")
    script = tmp_path / "joined.mjs"
    script.write_text(f"{joined}\nexport const isComponent = true;\n", encoding="utf-8")
    assert "import " not in joined
    assert joined.count("export default function") == 1
    assert ask(script, "isComponent")
    assert "@import" not in join_styles(COMPONENTS / f"{name}.css")


def test_a_module_that_two_others_import_runs_once(tmp_path: Path) -> None:
    """What a shared module keeps is kept once, however many take from it, and names may be changed on the way."""
    page = write(
        tmp_path,
        page='import { add } from "./adder.js";\nimport {\n  count as total,\n} from "./counter.js";\nadd();\nadd();\n'
        "export const seen = total();\n",
        adder='import { more } from "./counter.js";\nexport function add() {\n  more();\n}\n',
        counter="let n = 0;\nexport const more = () => n++;\nexport function count() {\n  return n;\n}\n",
    )
    joined = tmp_path / "joined.mjs"
    joined.write_text(join_scripts(page), encoding="utf-8")
    assert ask(joined, "seen") == 2


def test_comments_stay_here_and_take_no_code_with_them(tmp_path: Path) -> None:
    """Comments on lines of their own do not travel; one before an expression, such as a type, leaves the expression."""
    page = write(
        tmp_path,
        page="/** One. */\nlet n = 0;\n{\n  /** @type {number} */ (n += 2);\n  n += 1;\n  /** Three. */\n}\n"
        "// Four.\nexport const seen = n;\n",
    )
    joined = join_scripts(page)
    assert not re.search("One|Three|Four", joined)
    (tmp_path / "joined.mjs").write_text(joined, encoding="utf-8")
    assert ask(tmp_path / "joined.mjs", "seen") == 3


@pytest.mark.parametrize(
    ("page", "other", "said"),
    [
        ('import { gone } from "./other.js";\n', "export const here = 1;\n", "does not export: gone"),
        ('import { here } from "./nowhere.js";\n', "", "nowhere.js"),
        (
            'import { here } from "./other.js";\n',
            'import { back } from "./page.js";\nexport const here = 1;\n',
            "circle",
        ),
        ('import whole from "./other.js";\n', "export const here = 1;\n", "not understood"),
        ('import * as whole from "./other.js";\n', "export const here = 1;\n", "not understood"),
        ('import { here } from "./other.js";\n', "const here = 1;\nexport { here };\n", "not understood"),
        (
            'import { here } from "./other.js";\n',
            "export const here = 1;\nexport default function () {}\n",
            "component",
        ),
    ],
)
def test_imports_that_do_not_hold_fail_when_the_component_is_registered(
    tmp_path: Path, page: str, other: str, said: str
) -> None:
    """A name or file that is not there, a circle, an unknown form: an error that names it, never a broken picture."""
    entry = write(tmp_path, page=f"{page}export const back = 2;\n", other=other)
    with pytest.raises(ModuleError, match=said):
        join_scripts(entry)


def test_style_sheets_stand_once_and_behind_what_they_overrule(tmp_path: Path) -> None:
    """A sheet imported twice is there once, before those that import it; one that is missing is an error."""
    sheets = {"page": '@import "./bars.css";\n@import "./base.css";\n.page {\n  top: 0;\n}\n',
              "bars": '@import "./base.css";\n.bar {\n  top: 0;\n}\n', "base": ".root {\n  top: 0;\n}\n"}  # fmt: skip
    for name, source in sheets.items():
        (tmp_path / f"{name}.css").write_text(source, encoding="utf-8")
    assert re.findall(r"\.\w+", join_styles(tmp_path / "page.css")) == [".root", ".bar", ".page"]
    (tmp_path / "base.css").unlink()
    with pytest.raises(ModuleError, match=r"base\.css"):
        join_styles(tmp_path / "page.css")


def test_every_export_is_used() -> None:
    """Whatever a module exports, another one imports: nothing in the toolbox is there for nobody."""
    modules = [read_script(path) for path in SCRIPTS]
    assert len(modules) > 20
    wanted = {(target, name) for module in modules for target, names in module.imports.items() for name in names}
    for module in modules:
        assert not {name for name in module.exports if (module.path, name) not in wanted}, module.path.name


def test_no_key_handler_is_an_expression() -> None:
    """`field.onkeydown = (event) => event.key === "Enter" && …` gives back false for every other key: none is typed."""
    for path in SCRIPTS:
        for handler in re.findall(r"onkeydown = .*=>(.*)", path.read_text(encoding="utf-8")):
            assert handler.strip().startswith("{"), f"{path.name}: {handler}"


def test_every_script_and_sheet_is_mounted() -> None:
    """Every script and every style sheet reaches a page: it is mounted, or imported by one that is."""
    for kind, read, written in (("js", read_script, SCRIPTS), ("css", read_style, COMPONENTS.rglob("*.css"))):
        waiting = [COMPONENTS / f"{name}.{kind}" for name in MOUNTED]
        reached: set[Path] = set()
        while waiting:
            path = waiting.pop()
            reached.add(path)
            waiting.extend(read(path).imports)
        assert reached == set(written)


def test_scripts_and_style_sheets_have_the_same_colours() -> None:
    """Every colour that a script paints with is one of those that base.css names."""
    named = set(re.findall(r"#[0-9a-f]{6}", (COMPONENTS / "in_browser" / "base.css").read_text(encoding="utf-8")))
    painted = set(ask(COMPONENTS / "in_browser" / "base.js", "COLOURS").values())
    assert painted
    assert painted <= named


def test_the_tools_are_pinned_and_come_from_the_public_registry() -> None:
    """Each tool has one version, and each of its files an address on npm's registry with its hash."""
    tools = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in tools.values())
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert packages.pop("")["devDependencies"] == tools
    for name, package in packages.items():
        assert package["resolved"].startswith("https://registry.npmjs.org/"), name
        assert package["integrity"].startswith("sha512-"), name
