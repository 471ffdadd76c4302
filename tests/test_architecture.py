"""The shape of the code: which way things lean, how long they may get, and that everything public says what for."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {"portal": 0, "maps": 1, "consultation": 2}
SCRIPT_FLOORS = {"lib": 0, "map": 1, "pages": 2}
MODULE_LINES, FUNCTION_LINES, TEST_LINES, SCRIPT_LINES, TEMPLATE_LINES = 300, 40, 500, 250, 150


def modules() -> list[Path]:
    return sorted(p for app in FLOORS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts)


def scripts() -> list[Path]:
    return sorted(p for floor in SCRIPT_FLOORS for p in (ROOT / "static" / "js" / floor).rglob("*.js"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", modules(), ids=named)
def test_imports_lean_from_consultation_to_maps_to_portal_and_never_back(path):
    floor = FLOORS[path.relative_to(ROOT).parts[0]]
    above = {name for name in imported(ast.parse(path.read_text())) if FLOORS.get(name.split(".")[0], -1) > floor}
    assert not above, f"{named(path)} imports from above: {sorted(above)}"


@pytest.mark.parametrize("path", scripts(), ids=named)
def test_scripts_lean_from_pages_to_map_to_lib_and_never_back(path):
    folder = path.relative_to(ROOT / "static" / "js").parts[0]
    for target in re.findall(r'^\s*(?:import|export)[^"\n]*"([^"]+)"', path.read_text(), re.MULTILINE):
        found = (path.parent / target).resolve()
        assert found.exists(), f"{named(path)} imports {target}, which isn't there"
        used = found.relative_to(ROOT / "static" / "js").parts[0]
        assert SCRIPT_FLOORS[used] <= SCRIPT_FLOORS[folder], f"{named(path)} imports {target} from above"


@pytest.mark.parametrize("path", scripts(), ids=named)
def test_scripts_keep_the_syntax_that_old_in_app_browsers_read(path):
    """ES2017: old WeChat browsers stop at `?.` and `??` and show nothing at all."""
    code = re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`', "", path.read_text(), flags=re.DOTALL)
    newer = re.findall(r"\?\.(?=[A-Za-z_(\[])|\?\?|^await |\bthis\.#|\.\.\.\s*\w+\s*}", code, re.MULTILINE)
    assert not newer, f"{named(path)} uses {newer}"


@pytest.mark.parametrize("path", modules(), ids=named)
def test_modules_and_functions_can_be_taken_in_at_one_go(path):
    source = path.read_text()
    assert source.count("\n") <= MODULE_LINES, f"{named(path)}: cut it by subject"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            assert lines <= FUNCTION_LINES, f"{named(path)}: {node.name} has {lines} lines"


@pytest.mark.parametrize("path", modules(), ids=named)
def test_everything_public_says_what_it_is_for(path):
    tree = ast.parse(path.read_text())
    silent = [] if ast.get_docstring(tree) or not tree.body else ["the module"]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            silent += [] if ast.get_docstring(node) else [node.name]
    assert not silent, f"{named(path)}: no docstring on {silent}"


@pytest.mark.parametrize("path", scripts(), ids=named)
def test_scripts_are_short_and_say_what_they_are_for(path):
    source = path.read_text()
    assert source.count("\n") <= SCRIPT_LINES, f"{named(path)}: cut it by subject"
    assert source.startswith("/**"), f"{named(path)} doesn't begin with what it is for"


def test_tests_and_templates_are_short_enough_to_read():
    long = [named(p) for p in (ROOT / "tests").rglob("*.py") if p.read_text().count("\n") > TEST_LINES]
    long += [named(p) for p in (ROOT / "templates").rglob("*.html") if p.read_text().count("\n") > TEMPLATE_LINES]
    assert not long, f"cut by subject: {long}"


def test_nothing_is_called_utils_or_helpers():
    files = [p for folder in (*FLOORS, "static/js", "tests") for p in (ROOT / folder).rglob("*")]
    assert not [named(p) for p in files if re.search(r"util|helper", p.name, re.IGNORECASE)]


def test_templates_hold_no_inline_script_style_or_handler():
    """The Content-Security-Policy would stop them; here the place is named."""
    wrong = []
    for path in (ROOT / "templates").rglob("*.html"):
        for number, line in enumerate(path.read_text().split("\n"), 1):
            if re.search(r"\son[a-z]+=|\sstyle=|<style|<script(?![^>]*\b(src|type=\"application/json\"))", line):
                wrong.append(f"{named(path)}:{number}")
    assert not wrong


def test_nothing_is_asked_of_another_host():
    """Pages, scripts and styles of ours name no other host; links that a person follows are not requests."""
    wrong = []
    for folder, pattern in (("templates", "*.html"), ("static/js", "*.js"), ("static/css", "*.css")):
        for path in (ROOT / folder).rglob(pattern):
            for number, line in enumerate(path.read_text().split("\n"), 1):
                for host in re.findall(r"(?:https?:)?//([a-z0-9{}.-]+\.[a-z]{2,})", line):
                    # 天地图 is asked only where the operator has given a key.
                    if host not in ("www.w3.org", "t{s}.tianditu.gov.cn") and "<a " not in line:
                        wrong.append(f"{named(path)}:{number} {host}")
    assert not wrong
