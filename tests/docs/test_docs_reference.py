"""The generated reference is current, and nothing that the code knows is missing from the documents."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from dealergen.check import all_rules
from dealergen.cli import cli
from dealergen.config import Settings
from dealergen.content import KINDS
from dealergen.inventory.fields import FIELDS
from dealergen.inventory.profile import all_profiles
from scripts.reference import write_reference
from scripts.reference.commands import walk
from scripts.reference.outputs import with_outputs
from tests.docs.docs_blocks import ROOT, prose

DOCS = ROOT / "docs"
STALE = "it is not current: run `make docs`"
FAMILIES = "inventory|settings|content|photo|ledger|strings|render"
CODE = re.compile(rf"(?:{FAMILIES})\.[a-z]+(?:-[a-z0-9]+)*")


def reference(name: str) -> str:
    return (DOCS / "reference" / name).read_text("utf-8")


def test_every_generated_file_is_current(tmp_path: Path) -> None:
    # A process of its own: commands that another test called by themselves remember their own help option.
    code = (
        "import pathlib, sys; from scripts.reference import write_reference; write_reference(pathlib.Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=True)
    for fresh in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        kept = DOCS / fresh.relative_to(tmp_path)
        assert kept.is_file(), f"docs/{fresh.relative_to(tmp_path)} is missing: run `make docs`"
        assert kept.read_text("utf-8") == fresh.read_text("utf-8"), f"docs/{fresh.relative_to(tmp_path)}: {STALE}"


def test_nothing_in_the_generated_folders_is_left_over(tmp_path: Path) -> None:
    made = {path.relative_to(tmp_path) for path in write_reference(tmp_path)}
    kept = {path.relative_to(DOCS) for name in ("reference", "schema") for path in (DOCS / name).iterdir()}
    assert kept == made


def test_what_the_readme_quotes_is_what_the_command_prints() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "<!-- output:" in text
    assert with_outputs(text, DOCS / "examples") == text, STALE


def test_every_setting_is_in_the_reference() -> None:
    listed = set(re.findall(r"^\| `([^`]+)` \|", reference("settings.md"), re.MULTILINE))
    assert set(settings_of(Settings.model_json_schema())) <= listed


def settings_of(schema: dict[str, Any]) -> Iterator[str]:
    """Every setting's path, by the JSON Schema: `rooftops[].address.city`."""

    def below(node: dict[str, Any], path: str) -> Iterator[str]:
        for part in node.get("anyOf", [node]):
            if "$ref" in part:
                yield from walk_model(schema["$defs"][part["$ref"].rpartition("/")[2]], path)
            elif part.get("type") == "array":
                yield from below(part["items"], f"{path}[]")

    def walk_model(model: dict[str, Any], path: str) -> Iterator[str]:
        for name, node in model["properties"].items():
            here = f"{path}.{name}".lstrip(".")
            yield here
            yield from below(node, here)

    return walk_model(schema, "")


def test_every_command_and_option_is_in_the_reference() -> None:
    text = reference("cli.md")
    for context in walk(cli, "dealergen"):
        section = text.partition(f"## `{context.command_path}`\n")[2].partition("\n## ")[0]
        assert section, f"{context.command_path} is missing"
        for option in context.command.params:
            if isinstance(option, click.Option):
                assert set(option.opts) <= set(re.findall(r"-[\w-]+", section)), f"{context.command_path} {option.opts}"
                assert " ".join((option.help or "?").split()) in section


def test_every_command_names_its_exit_codes_or_has_none_of_its_own() -> None:
    page = prose(DOCS / "guide-pipeline.md")
    for context in walk(cli, "dealergen"):
        if not isinstance(context.command, click.Group):
            assert str(context.command.name) in page, f"{context.command_path} is not in the table of exit codes"


def test_every_check_is_in_the_reference_with_its_level() -> None:
    rows = dict(re.findall(r"^\| `([^`]+)` \| (\w+) \|", reference("checks.md"), re.MULTILINE))
    assert rows == {rule.code: rule.level for rule in all_rules() if is_own(rule)}


def is_own(rule: Any) -> bool:
    return str((rule.find_in_page or rule.find_in_site).__module__).startswith("dealergen.")


def test_every_field_and_profile_is_in_the_reference() -> None:
    text = reference("fields.md")
    assert set(FIELDS) <= set(re.findall(r"^\| `(\w+)` \|", text.partition("###")[0], re.MULTILINE))
    shipped = {path.stem for path in (ROOT / "dealergen" / "inventory" / "profiles").glob("*.yaml")}
    for profile in all_profiles(None):
        assert profile.name not in shipped or f"### `{profile.name}`\n\n{profile.title}" in text


def test_every_alias_file_is_in_the_reference() -> None:
    text = reference("fields.md")
    for path in (ROOT / "dealergen" / "inventory" / "aliases").glob("*.yaml"):
        first = re.search(r"^  make: \[([^,\]]+)", path.read_text("utf-8"), re.MULTILINE)
        assert first, path.name
        assert re.search(rf"^\| `make` \| {re.escape(first[1])}\b", text, re.MULTILINE), path.name


def test_every_key_of_front_matter_is_in_the_reference() -> None:
    text = reference("content.md")
    for kind, model in KINDS.items():
        section = text.partition(f"`content/{kind}/`")[2].partition("\n## ")[0]
        assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(model.model_fields)


def test_every_template_of_the_theme_is_in_the_reference() -> None:
    folder = ROOT / "themes" / "galeria" / "templates"
    ours = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    pages = {name for name in ours if not name.startswith("parts/")} - {"base.html"}
    assert pages == set(re.findall(r"^\| `([\w/]+\.html)` \|", reference("templates.md"), re.MULTILINE))


def test_every_name_that_a_template_is_handed_is_explained_in_the_guide() -> None:
    rows = re.findall(r"^\| `[\w/]+\.html` \| (.+) \|$", reference("templates.md"), re.MULTILINE)
    handed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    guide = (DOCS / "guide-theme.md").read_text("utf-8")
    explained = {
        name for row in re.findall(r"^\| (`[^|]+) \|", guide, re.MULTILINE) for name in re.findall(r"\w+", row)
    }
    assert handed <= explained


def test_every_schema_is_one() -> None:
    for path in (DOCS / "schema").iterdir():
        Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


def test_every_code_of_a_problem_is_documented() -> None:
    assert sorted(set(codes_in_the_code()) - documented_codes()) == []


def test_no_code_is_documented_that_does_not_exist() -> None:
    known = set(codes_in_the_code()) | set(INHERITED)
    assert sorted(documented_codes() - known) == []


def documented_codes() -> set[str]:
    text = prose(DOCS / "errors.md") + prose(DOCS / "inventory.md")
    return {code for code in re.findall(r"`([a-z]+\.[a-z-]+)`", text) if CODE.fullmatch(code)} - NO_CODES


NO_CODES = {
    f"inventory.{name}"
    for name in ("fetch", "source", "columns", "defaults", "encoding", "delimiter", "duplicates", "sheet")
}
"""Settings that look like codes."""
INHERITED = ("content.missing", "content.extra-forbidden")
"""What front matter shares with settings, named as examples."""


def codes_in_the_code() -> Iterator[str]:
    """Texts in the code that are codes of problems, and those that it puts together."""
    for path in sorted((ROOT / "dealergen").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield from _codes_of(node)
            elif isinstance(node, ast.Dict):
                keys = (key.value for key in node.keys if isinstance(key, ast.Constant))
                yield from (
                    key for key in keys if isinstance(key, str) and key.startswith("photo.") and CODE.fullmatch(key)
                )
    yield from _composed_codes()


def _codes_of(call: ast.Call) -> Iterator[str]:
    """Codes among the arguments of a call; of `SettingFault` the first one, which is a rule's name."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    if name == "SettingFault":
        family = "content" if str(_text(call.args[0])) in ("date", "amount") else "settings"
        yield f"{family}.{_text(call.args[0])}"
    elif name.endswith(("Problem", "Doubt", "_refused", "_suspicion", "_problem")) or name == "Problem":
        yield from (text for value in values if (text := _text(value)) and CODE.fullmatch(text))


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _composed_codes() -> Iterator[str]:
    from dealergen.config import explain

    kinds = {"missing", "extra_forbidden", "literal_error", "string_pattern_mismatch", "form_type"}
    shown = kinds | explain._WORDS.keys() | explain._TYPES.keys()
    yield from (f"settings.{kind.replace('_', '-')}" for kind in shown)
    for name, field in FIELDS.items():
        if field.kind in ("choice", "flag"):
            yield f"inventory.{name}-unknown"
        if field.kind == "integer":
            yield f"inventory.{name}-implausible"
    yield from ("inventory.duplicate", "inventory.refused", "inventory.settings")


def test_every_package_is_among_the_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for group in project["optional-dependencies"].values() for name in group),
    ]
    ours = ("types-", "dealergen[")
    names = {re.split(r"[^\w-]", name)[0].lower() for name in wanted if not name.startswith(ours)}
    listed = re.findall(r"^\| ([^|]+) \|", (DOCS / "dependencies.md").read_text("utf-8"), re.MULTILINE)
    assert names == {name.strip().lower() for cell in listed for name in cell.split(",")} - {"package"}


@pytest.mark.parametrize("target", ["site", "test", "serve", "docs", "bench"])
def test_every_target_that_the_documents_name_is_in_the_makefile(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_readme_begins_with_the_two_commands() -> None:
    first = (ROOT / "README.md").read_text("utf-8").partition("```sh\n")[2].partition("```")[0]
    assert [line.split("#")[0].strip() for line in first.splitlines()] == ["make site", "make test"]


def test_every_exit_code_is_documented() -> None:
    from dealergen import errors
    from dealergen.cli import lazy

    families: list[type[errors.DealergenError]] = [errors.DealergenError, *errors.DealergenError.__subclasses__()]
    codes = {family.exit_code for family in families} | {0, lazy.BUG, lazy.INTERRUPTED}
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", (DOCS / "errors.md").read_text("utf-8"), re.MULTILINE)}
    assert listed == codes
