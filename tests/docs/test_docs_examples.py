"""What the documents show works: commands parse, settings and front matter hold, themes build, links lead somewhere."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import jinja2
import pytest
import yaml
from click.testing import CliRunner

from dealergen.cli import cli
from dealergen.config import Settings
from dealergen.config.yaml_positions import Document
from dealergen.content.model import OfferMeta
from dealergen.content.read import read_content
from dealergen.engine.theme import ThemeManifest
from dealergen.inventory.profile import chosen_profile
from tests.conftest import SETTINGS, Dealership
from tests.docs.docs_blocks import DOCUMENTS, HANDWRITTEN, ROOT, Block, anchors, blocks, links, spans

VERBS = re.compile(r"dealergen(?: -[-\w]+)* (?:new|build|serve|check|inventory|schema|clean|completion)\b")
STOCK = "Código;Marca;Modelo;Ano;Preço\n1;Fiat;Argo;2022;62.900,00\n2;Fiat;Toro;2023;99.900,00\n"
OFFER = {
    "title": "Corolla week", "summary": "Two Corollas.", "valid_from": "2026-11-01", "valid_to": "2026-11-30",
    "call_to_action": "Reserve yours", "legal": "Two units.",
}  # fmt: skip


def commands() -> Iterator[tuple[str, str]]:
    """Every command line that a document shows, with the place where it stands."""
    for block in blocks("sh"):
        for line in block.text.splitlines():
            if line.startswith("dealergen "):
                yield line, str(block)
    for path in DOCUMENTS:
        for span in spans(path):
            if VERBS.match(span):
                yield span, path.name


@pytest.mark.parametrize(("line", "place"), sorted(set(commands())))
def test_every_command_line_parses(line: str, place: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    shell = next((index for index, word in enumerate(words) if word in (">", "|", "&&")), len(words))
    parse(cli, [word for word in words[:shell] if word not in ("COMMAND", "--help")])


def parse(command: click.Command, words: list[str], parent: click.Context | None = None) -> None:
    """Raises for a command, an option or a value that does not exist; runs nothing and reads no site."""
    context = click.Context(command, parent, command.name, **command.context_settings)
    if isinstance(command, click.Group):
        options = [word for word in words if word.startswith("-") and word in global_options()]
        rest = [word for word in words if word not in options]
        command.make_parser(context).parse_args(options)
        if rest:
            below = command.get_command(context, rest[0])
            assert below is not None, f"there is no command {rest[0]}"
            parse(below, rest[1:], context)
        return
    values, left, given = command.make_parser(context).parse_args(words)
    assert left == []
    for parameter in given:
        value = values[parameter.name or ""]
        if isinstance(value, str | list | tuple) and not names_a_place(value):
            parameter.type_cast_value(context, value)


def global_options() -> set[str]:
    return {name for option in cli.params for name in option.opts}


def names_a_place(value: Any) -> bool:
    """Whether a value only stands for one: `MOMENT`, `CODE`."""
    return isinstance(value, str) and value.isupper()


@pytest.mark.parametrize("block", [block for block in blocks("yaml") if block.named == "site.yaml"], ids=str)
def test_every_excerpt_of_settings_holds(block: Block) -> None:
    document = Document(block.text, str(block))
    assert document.problems == []
    assert isinstance(document.data, dict)
    Settings.model_validate(merged(SETTINGS, document.data))


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """`base` with what `over` says, group by group."""
    both = {
        name: merged(base[name], value) if isinstance(value, dict) and isinstance(base.get(name), dict) else value
        for name, value in over.items()
    }
    return base | both


@pytest.mark.parametrize("block", [block for block in blocks("yaml") if block.named == "site.yaml"], ids=str)
def test_every_excerpt_of_settings_says_something_else_than_the_default(block: Block) -> None:
    data: Any = Document(block.text, "").data
    assert Settings.model_validate(merged(SETTINGS, data)) != Settings.model_validate(SETTINGS)


def test_every_yaml_block_is_of_a_kind_that_is_tested() -> None:
    tested = re.compile(r"site\.yaml|theme\.yaml|profiles/\w+\.yaml|strings/\w+\.yaml|\.github/workflows/\w+\.yml|")
    for block in blocks("yaml"):
        assert tested.fullmatch(block.named), block
        if not block.named:
            assert block.document.name == "guide-marketer.md", f"{block} does not say of which file it is"


@pytest.mark.parametrize("block", [block for block in blocks("yaml") if not block.named], ids=str)
def test_every_fragment_of_front_matter_holds(block: Block) -> None:
    document = Document(block.text, str(block))
    assert document.problems == []
    assert isinstance(document.data, dict)
    OfferMeta.model_validate(OFFER | document.data)


@pytest.mark.parametrize("block", [block for block in blocks("markdown") if block.named], ids=str)
def test_every_content_file_holds(block: Block, dealership: Dealership) -> None:
    dealership.settings(languages=["en", "pt-BR"])
    dealership.content(block.named.removeprefix("content/"), block.text)
    entries, problems = read_content(dealership.root, load(dealership))
    assert [entry.file for entry in entries] == [block.named]
    assert problems == []


def load(dealership: Dealership) -> Settings:
    from dealergen.config import load_settings

    return load_settings(dealership.root / "site.yaml")


def test_the_list_in_the_example_of_an_offer_becomes_one(dealership: Dealership) -> None:
    block = next(block for block in blocks("markdown") if block.named.endswith("november-service.md"))
    dealership.content(block.named.removeprefix("content/"), block.text)
    entries, _ = read_content(dealership.root, load(dealership))
    assert entries[0].html.count("<li>") == 2


def test_a_list_without_a_blank_line_before_it_is_none(dealership: Dealership) -> None:
    front = "\n".join(f"{name}: {value}" for name, value in OFFER.items())
    dealership.content("offers/week.md", f"---\n{front}\n---\nTwo cars:\n- one\n- another\n")
    entries, _ = read_content(dealership.root, load(dealership))
    assert "<li>" not in entries[0].html


def test_the_message_that_the_marketers_guide_quotes_is_the_one_that_one_gets(dealership: Dealership) -> None:
    block = next(block for block in blocks("markdown") if block.named.endswith("corolla-week.md"))
    dealership.inventory(STOCK)
    dealership.content("offers/corolla-week.md", block.text.replace("2026-11-29 20:00", "29.11.2026"))
    result = CliRunner().invoke(cli, ["build", "--site", str(dealership.root)])
    assert result.exit_code == 5
    quoted = next(b.text for b in blocks("") if b.text.startswith("content/offers/corolla-week.md"))
    told = next(line.strip() for line in result.stderr.splitlines() if "corolla-week.md:" in line)
    assert re.sub(r":\d+:\d+:", ":", told) == re.sub(r":\d+:\d+:", ":", quoted.strip())


def test_the_words_of_patterns_are_those_of_the_guide(dealership: Dealership) -> None:
    guide = (ROOT / "docs" / "guide-agency.md").read_text("utf-8")
    rows = re.findall(r"^\| `(vehicle|home)_title`[^|]+\| (.+) \|$", guide, re.MULTILINE)
    patterns = {f"{page}_{part}": row.replace("`", "") for page, row in rows for part in ("title", "description")}
    assert len(patterns) == 4
    dealership.settings(seo=patterns)
    dealership.inventory(STOCK)
    dealership.build()
    assert "Fiat Argo 2022" in dealership.page("/estoque/fiat/argo/")


def test_the_profile_of_the_guide_is_one(tmp_path: Path) -> None:
    block = next(block for block in blocks("yaml") if block.named.startswith("profiles/"))
    (tmp_path / "profiles").mkdir()
    (tmp_path / block.named).write_text(block.text, "utf-8")
    profile = chosen_profile(Path(block.named).stem, tmp_path)
    assert profile is not None
    assert profile.columns["asking"] == "price"
    assert profile.columns["floor"] is None


def test_the_theme_of_the_guide_builds(dealership: Dealership) -> None:
    theme = dealership.root / "themes" / "larkfield"
    for block in (*blocks("yaml"), *blocks("css")):
        if block.named in ("theme.yaml", "strings/en.yaml", "assets/css/larkfield.css"):
            file = theme / block.named
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, "utf-8")
    dealership.settings(theme="larkfield", languages=["en"])
    dealership.inventory(STOCK)
    dealership.build()
    style = next(data for path, data in dealership.files().items() if path.endswith(".css")).decode()
    assert "--serif: Georgia, serif" in style
    assert style.index("letter-spacing: -0.01em") > style.index(".card-title")


def test_every_key_of_a_theme_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "guide-theme.md").read_text("utf-8")
    table = guide.partition("| key of theme.yaml |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(ThemeManifest.model_fields)


def test_the_template_of_the_guide_builds(dealership: Dealership) -> None:
    block = next(block for block in blocks("html") if block.named)
    jinja2.Environment(autoescape=True).parse(block.text)
    (dealership.root / "templates").mkdir()
    (dealership.root / block.named).write_text(block.text, "utf-8")
    dealership.inventory(STOCK)
    dealership.content("pages/sobre.md", "---\ntitle: Sobre\nform: true\n---\nUm texto.\n")
    dealership.build()
    assert "Garagem Teste, Testópolis" in dealership.page("/sobre/")
    assert "<form" in dealership.page("/sobre/")


@pytest.mark.parametrize("block", [block for block in blocks("yaml") if "workflows" in block.named], ids=str)
def test_every_workflow_is_yaml_whose_commands_exist(block: Block) -> None:
    steps = yaml.safe_load(block.text)["jobs"]["publish"]["steps"]
    lines = [line for step in steps for line in step.get("run", "").splitlines()]
    shown = [line for line in lines if line.startswith("dealergen ")]
    assert len(shown) == 2
    for line in shown:
        parse(cli, shlex.split(line.split(">")[0])[1:])


def test_the_reports_of_the_guide_have_the_shape_of_real_ones(dealership: Dealership) -> None:
    built, refused = (json.loads(block.text) for block in blocks("json"))
    dealership.inventory((ROOT / "docs" / "examples" / "export.csv").read_bytes(), "export.csv")
    arguments = ["build", "--site", str(dealership.root), "--now", "2026-11-22T12:00", "--jobs", "1", "--json"]
    real = json.loads(CliRunner().invoke(cli, [*arguments, "--source", "export.csv"]).stdout)
    assert shape(built) == shape(real)
    assert built["vehicles"] == real["vehicles"]
    assert [found for found in real["set_aside"] if found in built["set_aside"]] == built["set_aside"]
    assert [found for found in real["warnings"] if found in built["warnings"]] == built["warnings"]
    dealership.inventory("Código;Marca;Modelo;Ano;Preço\n101;Fiat;Argo;2022;62.900,00\n", "short.csv")
    failed = json.loads(CliRunner().invoke(cli, [*arguments, "--source", "short.csv"]).stdout)
    assert shape(refused) == shape(failed)
    assert [problem["code"] for problem in refused["error"]["problems"]] == ["inventory.guard-drop"]


def test_every_key_of_the_report_of_changes_is_in_the_guide(dealership: Dealership) -> None:
    dealership.inventory(STOCK)
    dealership.build()
    changes = json.loads((dealership.root / ".dealergen" / "changes.json").read_bytes())
    guide = (ROOT / "docs" / "guide-pipeline.md").read_text("utf-8")
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", guide.partition("`changes.json` is for")[2], re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"\w+", row)} >= set(changes)


def shape(value: Any) -> Any:
    """The keys of a report, without its values; of a list, those of its first item. Which steps took time may vary."""
    if isinstance(value, dict):
        return {key: shape(inner) if key != "seconds" else bool(inner) for key, inner in value.items()}
    return [shape(item) for item in value[:1]] if isinstance(value, list) else None


def test_the_example_file_shows_nothing_private(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "docs" / "examples")
    result = CliRunner().invoke(cli, ["inventory", "check", "export.csv"])
    assert result.exit_code == 1
    for private in ("51.000,00", "cliente chora desconto", "preço sai sexta"):
        assert private not in result.stdout


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in links(path):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{path.name}: {link}"
        assert target.is_relative_to(ROOT)
        assert not anchor or anchor in anchors(target), f"{path.name}: {link}"


def test_every_document_is_in_the_index_or_the_readme() -> None:
    listed = {(ROOT / "docs" / link.partition("#")[0]).resolve() for link in links(ROOT / "docs" / "index.md")}
    listed |= {(ROOT / link.partition("#")[0]).resolve() for link in links(ROOT / "README.md")}
    assert {path for path in DOCUMENTS if path.parent.name in ("docs", "reference")} <= listed


def test_every_picture_is_small() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert {path.name for path in pictures} == {"home.webp", "vehicle.webp", "phone.webp"}
    assert max(path.stat().st_size for path in pictures) <= 120_000


def test_the_repository_speaks_of_the_project_alone() -> None:
    for path in HANDWRITTEN:
        assert not re.search(r"/work/|/tmp/|/root/|localhost:\d", path.read_text("utf-8")), path.name
