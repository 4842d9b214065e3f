"""`dealergen serve`: what it hands on. The server itself is tested with the room that serves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from dealergen.serve import run as serving
from dealergen.serve.run import ServeOptions

Run = Callable[..., Result]
Call = tuple[Path, Path, ServeOptions]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    calls: list[Call] = []

    def serve_site(root: Path, out: Path, options: ServeOptions, say: Callable[[str], None]) -> None:
        say("Preview: http://127.0.0.1:8000/")
        calls.append((root, out, options))

    monkeypatch.setattr(serving, "serve_site", serve_site)
    return calls


def test_it_serves_this_machine_alone_and_watches_unless_told_otherwise(
    run: Run, site: Path, served: list[Call]
) -> None:
    result = run("serve")
    assert (result.exit_code, result.stdout) == (0, "Preview: http://127.0.0.1:8000/\n")
    assert served == [(site, site / "public", ServeOptions("127.0.0.1", 8000, watch=True, open_browser=False))]


def test_every_option_reaches_the_server(run: Run, site: Path, served: list[Call]) -> None:
    result = run("serve", "--host", "127.0.0.2", "--port", "0", "--out", "elsewhere", "--open", "--no-watch")
    assert (result.exit_code, result.stderr) == (0, "")
    assert served == [
        (site, site / "elsewhere", ServeOptions("127.0.0.2", 0, watch=False, open_browser=True, built=True))
    ]


def test_a_host_that_others_can_reach_is_warned_of(run: Run, site: Path, served: list[Call]) -> None:
    result = run("serve", "--host", "0.0.0.0")  # noqa: S104  # the very thing that is warned of
    assert result.exit_code == 0
    assert result.stderr.startswith("Warning: everyone who can reach 0.0.0.0 on your network can see the preview")


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_a_usage_error(run: Run, site: Path, served: list[Call], port: str) -> None:
    assert run("serve", "--port", port).exit_code == 2
    assert served == []
