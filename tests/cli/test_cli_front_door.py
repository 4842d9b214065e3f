"""The front door: help, version, corrections, completion, and how failures are told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from dealergen import __version__
from dealergen.cli import COMMANDS, cli
from dealergen.errors import (
    ContentError,
    DealergenError,
    InventoryRefused,
    OutputError,
    Place,
    Problem,
    RenderError,
    SettingsError,
    UsageError,
)

Run = Callable[..., Result]


def _python(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def test_the_version_is_printed(run: Run) -> None:
    result = run("--version")
    assert (result.exit_code, result.output) == (0, f"dealergen {__version__}\n")


def test_python_dash_m_is_the_same_command_line() -> None:
    result = _python("-m", "dealergen", "--version")
    assert (result.returncode, result.stdout) == (0, f"dealergen {__version__}\n")


def test_help_lists_every_command_with_its_line(run: Run) -> None:
    lines = run("--help").output.splitlines()
    for name, entry in COMMANDS.items():
        assert any(line.split() == [name, *entry.help.split()] for line in lines), name


def test_help_imports_no_command_and_no_heavy_library() -> None:
    heavy = [
        "pydantic",
        "jinja2",
        "PIL",
        "babel",
        "rich",
        "httpx",
        "starlette",
        "uvicorn",
        "yaml",
        "dealergen.cli.build",
    ]
    code = (
        "import sys; from dealergen.cli import cli; cli(['--help'], standalone_mode=False);"
        f"print(sorted(set({heavy!r}) & set(sys.modules)), file=sys.stderr)"
    )
    assert _python("-c", code).stderr == "[]\n"


def test_importing_the_command_line_takes_less_than_150_ms() -> None:
    best = min(_import_milliseconds() for _ in range(5))
    assert best < 150


def _import_milliseconds() -> float:
    told = _python("-X", "importtime", "-c", "import dealergen.cli").stderr.splitlines()
    (line,) = [line for line in told if line.endswith("| dealergen.cli")]
    return int(line.split("|")[1]) / 1000


def test_without_words_the_help_is_shown_as_a_usage_error(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert "Usage: dealergen" in result.output


def test_a_misspelt_command_is_corrected(run: Run) -> None:
    result = run("biuld")
    assert result.exit_code == 2
    assert "No such command 'biuld'. Did you mean 'build'?" in result.stderr


def test_a_misspelt_option_is_corrected(run: Run, site: Path) -> None:
    result = run("build", "--stric")
    assert result.exit_code == 2
    assert "--strict" in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_asks_dealergen(run: Run, shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert f"_DEALERGEN_COMPLETE={shell}_complete" in result.output


def test_another_shell_is_a_usage_error(run: Run) -> None:
    assert run("completion", "tcsh").exit_code == 2


def test_a_shell_is_told_the_commands_that_begin_so() -> None:
    result = _python(
        "-m", "dealergen", _DEALERGEN_COMPLETE="bash_complete", COMP_WORDS="dealergen c", COMP_CWORD="1"
    )  # fmt: skip
    assert result.stdout.split() == ["plain,check", "plain,clean", "plain,completion"]


def test_a_shell_is_told_a_commands_options() -> None:
    result = _python(
        "-m", "dealergen", _DEALERGEN_COMPLETE="bash_complete", COMP_WORDS="dealergen clean --d", COMP_CWORD="2"
    )  # fmt: skip
    assert result.stdout.split() == ["plain,--dry-run"]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Makes `dealergen schema` fail in a given way."""

    def fail_with(error: BaseException) -> None:
        @click.command()
        def schema() -> None:
            raise error

        monkeypatch.setattr(cli, "get_command", lambda _context, _name: schema)

    return fail_with


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (DealergenError, 1),
        (UsageError, 2),
        (SettingsError, 3),
        (InventoryRefused, 4),
        (ContentError, 5),
        (RenderError, 6),
        (OutputError, 7),
    ],
)
def test_each_kind_of_failure_has_its_exit_code(
    run: Run, failing: Callable[[BaseException], None], kind: type[DealergenError], code: int
) -> None:
    failing(kind("It went wrong"))
    result = run("schema")
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", "Error: It went wrong.\n")


def test_a_failure_says_what_where_why_and_what_to_do(run: Run, failing: Callable[[BaseException], None]) -> None:
    problem = Problem("settings.unknown", "no such setting", Place("site.yaml", 3, 5), "nme", "Did you mean 'name'?")
    failing(SettingsError("site.yaml does not hold", remedy="Correct it and build again.", problems=[problem]))
    assert run("schema").stderr == (
        "Error: site.yaml does not hold.\n"
        "  site.yaml:3:5: no such setting (found 'nme'). Did you mean 'name'?\n"
        "Correct it and build again.\n"
    )


def test_a_flood_of_problems_is_cut(run: Run, failing: Callable[[BaseException], None]) -> None:
    failing(SettingsError("Bad", problems=[Problem("x", f"problem {number}") for number in range(25)]))
    lines = run("schema").stderr.splitlines()
    assert lines[-2:] == ["  problem 19.", "  … and 5 more"]


def test_a_bug_is_one_sentence_without_a_traceback(run: Run, failing: Callable[[BaseException], None]) -> None:
    failing(ZeroDivisionError("division by zero"))
    result = run("schema")
    assert result.exit_code == 70
    assert result.stderr == (
        "dealergen ran into a bug: ZeroDivisionError: division by zero. "
        "Run again with --debug for the traceback and report it.\n"
    )


@pytest.mark.parametrize("words", [("--debug", "schema"), ("schema", "--debug")])
def test_debug_shows_the_traceback_wherever_it_stands(
    run: Run, failing: Callable[[BaseException], None], words: tuple[str, ...]
) -> None:
    failing(ZeroDivisionError("division by zero"))
    result = run(*words)
    assert result.exit_code == 70
    assert "Traceback (most recent call last)" in result.stderr
    assert "dealergen ran into a bug: ZeroDivisionError: division by zero. Please report it" in result.stderr


def test_ctrl_c_leaves_with_130(run: Run, failing: Callable[[BaseException], None]) -> None:
    failing(KeyboardInterrupt())
    assert run("schema").exit_code == 130


def test_a_reader_that_goes_away_is_no_error() -> None:
    shell = f"{sys.executable} -m dealergen schema site | head -c 1"
    result = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("{", "")
