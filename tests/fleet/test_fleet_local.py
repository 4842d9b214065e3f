"""A fleet on one machine: each site is as its single build makes it, and one site's failure is its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Dealership
from tests.fleet.conftest import CLOCK, SmallFleet, site_of, stock_of


def test_each_site_equals_its_single_build_byte_for_byte(fleet: SmallFleet) -> None:
    sites = {name: fleet.dealer(name, vehicles) for name, vehicles in (("aurora", 5), ("boreal", 12))}
    fleet.write(*sites)
    report = fleet.report()
    assert report["ok"] is True
    assert report["counts"]["built"] == 2
    for name, site in sites.items():
        assert site.files() == fleet.single(name)
        assert site_of(report, name)["report"]["pages"]["total"] == len(site.pages())
        assert site_of(report, name)["peak_mb"] > 20


def test_a_second_run_makes_and_writes_nothing_and_a_changed_price_only_its_own_site(fleet: SmallFleet) -> None:
    aurora, boreal = fleet.dealer("aurora"), fleet.dealer("boreal")
    fleet.write("aurora", "boreal")
    fleet.report()
    times = {path: path.stat().st_mtime_ns for path in fleet.root.glob("dealers/*/public/**/*") if path.is_file()}
    assert all(site["report"]["files"] == {"written": 0, "removed": 0} for site in fleet.report()["sites"])
    assert {path: path.stat().st_mtime_ns for path in times} == times
    boreal.inventory(stock_of("boreal", 6, first_price=41_000))
    report = fleet.report()
    assert site_of(report, "aurora")["report"]["pages"]["made"] == 0
    assert site_of(report, "boreal")["report"]["files"]["written"] > 0
    assert boreal.files()["index.html"] != aurora.files()["index.html"]


def test_a_broken_site_fails_with_its_own_code_and_the_others_are_built(fleet: SmallFleet) -> None:
    good, settings, stock, content = (fleet.dealer(name) for name in ("good", "settings", "stock", "content"))
    (settings.root / "site.yaml").write_text("dealer: {name: X}\ncolour: red\n", "utf-8")
    stock.inventory("<html>Please log in</html>")
    content.content("posts/news.md", "---\ntitle: 1\ndate: never\n---\nHi\n")
    fleet.write("settings", "stock", "content", "good", "missing")
    report = fleet.report(code=1)
    codes = {site["name"]: (site["status"], site["exit_code"]) for site in report["sites"]}
    assert codes == {
        "settings": ("failed", 3),
        "stock": ("failed", 4),
        "content": ("failed", 5),
        "good": ("built", 0),
        "missing": ("failed", 3),
    }
    assert all(site["attempts"] == 1 for site in report["sites"])
    assert "index.html" in good.files()
    assert not settings.out.exists()
    places = {problem["line"] for problem in site_of(report, "settings")["error"]["problems"]}
    assert 2 in places


def test_the_table_names_each_failure_with_its_reason(fleet: SmallFleet) -> None:
    fleet.dealer("aurora")
    fleet.dealer("boreal").inventory("")
    fleet.write("aurora", "boreal")
    called = fleet.call("build", "--now", CLOCK)
    assert called.returncode == 1
    lines = called.stdout.splitlines()
    assert lines[0].split()[:3] == ["site", "status", "exit"]
    assert lines[1].split()[:4] == ["aurora", "built", "0", "6"]
    assert lines[2].split()[:3] == ["boreal", "failed", "4"]
    assert any(line.startswith("boreal: failed (exit code 4): ") and "empty" in line for line in lines)
    assert lines[-1].startswith("2 sites: 1 built, 1 failed, in ")
    assert sorted(line.split(":")[0] for line in called.stderr.splitlines()) == ["[1/2] aurora", "[2/2] boreal"] or (
        sorted(line.split(":")[0] for line in called.stderr.splitlines()) == ["[1/2] boreal", "[2/2] aurora"]
    )


def test_fail_fast_starts_nothing_after_a_failure(fleet: SmallFleet) -> None:
    fleet.dealer("first").inventory("")
    fleet.dealer("second")
    fleet.write("first", "second")
    report = fleet.report("build", "--fail-fast", "--jobs", "1", code=1)
    assert [site["status"] for site in report["sites"]] == ["failed", "not-started"]
    assert not (fleet.root / "dealers/second/public").exists()


def test_only_the_named_sites_are_built(fleet: SmallFleet) -> None:
    for name in ("aurora", "boreal", "cinza"):
        fleet.dealer(name)
    fleet.write("aurora", "boreal", "cinza")
    report = fleet.report("build", "--only", "aurora", "--only", "cinza", "--except", "cinza")
    assert [site["name"] for site in report["sites"]] == ["aurora"]
    assert not (fleet.root / "dealers/boreal/public").exists()
    assert "Did you mean 'aurora'?" in fleet.call("build", "--only", "aurra").stderr


def test_a_clash_of_outputs_is_refused_before_anything_is_built(fleet: SmallFleet) -> None:
    fleet.dealer("aurora")
    fleet.dealer("boreal")
    fleet.write(sites=[{"name": name, "site": f"dealers/{name}", "out": "www"} for name in ("aurora", "boreal")])
    called = fleet.call("build")
    assert called.returncode == 3
    assert "'boreal' would be published over 'aurora'" in called.stderr
    assert not (fleet.root / "www").exists()
    refused = json.loads(fleet.call("build", "--json").stdout)
    assert refused["error"]["problems"][0]["code"] == "fleet.out-shared"


def test_check_reads_every_site_and_builds_nothing(fleet: SmallFleet) -> None:
    good, bad = fleet.dealer("good"), fleet.dealer("bad", theme="no-such-theme")
    fleet.write("good", "bad")
    report = fleet.report("check", code=1)
    assert [(site["status"], site["exit_code"]) for site in report["sites"]] == [("checked", 0), ("failed", 3)]
    assert "no-such-theme" in site_of(report, "bad")["error"]["message"]
    assert not good.out.exists()
    assert not bad.out.exists()
    assert not (good.root / ".dealergen/ledger.json").exists()


def test_a_process_that_is_killed_is_tried_again_and_the_site_is_whole(fleet: SmallFleet) -> None:
    site = fleet.dealer("aurora", 40)
    fleet.write("aurora")
    with subprocess.Popen(
        [sys.executable, "-m", "dealergen", "fleet", "build", "--json", "--now", CLOCK],
        cwd=fleet.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        killed = kill_when_building(run.pid, site.out)
        out, said = run.communicate(timeout=120)
    report = json.loads(out)
    assert killed
    assert report["ok"] is True
    assert site_of(report, "aurora")["attempts"] == 2
    assert "tried again" in said
    assert "SIGKILL" in said
    assert site.files() == fleet.single("aurora")


def test_without_retries_a_killed_site_is_reported_as_lost(fleet: SmallFleet) -> None:
    site = fleet.dealer("aurora", 40)
    fleet.write("aurora")
    with subprocess.Popen(
        [sys.executable, "-m", "dealergen", "fleet", "build", "--json", "--retries", "0"],
        cwd=fleet.root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as run:  # fmt: skip
        assert kill_when_building(run.pid, site.out)
        out, _ = run.communicate(timeout=120)
    assert run.returncode == 1
    (lost,) = json.loads(out)["sites"]
    assert (lost["status"], lost["exit_code"]) == ("lost", 75)
    assert "SIGKILL" in lost["error"]["message"]


def test_no_build_goes_on_when_the_fleets_own_process_is_killed(fleet: SmallFleet) -> None:
    site = fleet.dealer("aurora", 40)
    fleet.write("aurora")
    with subprocess.Popen(
        [sys.executable, "-m", "dealergen", "fleet", "build"],
        cwd=fleet.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as run:  # fmt: skip
        (worker,) = wait_for(lambda: children_of(run.pid))
        wait_for((site.root / ".dealergen" / "lock").exists)
        run.kill()
    wait_for(lambda: not is_running(worker))


def test_a_build_that_takes_too_long_is_ended(fleet: SmallFleet) -> None:
    fleet.dealer("aurora", 40)
    fleet.write("aurora", timeout=0.1)
    (lost,) = fleet.report("build", "--retries", "1", code=1)["sites"]
    assert (lost["status"], lost["attempts"]) == ("lost", 2)
    assert "longer than 0.1 s" in lost["error"]["message"]


def test_shared_themes_serve_every_site_and_a_sites_own_theme_comes_first(fleet: SmallFleet) -> None:
    aurora, boreal = fleet.dealer("aurora", theme="agencia"), fleet.dealer("boreal", theme="agencia")
    write_theme(fleet.root / "themes", "from the agency")
    write_theme(boreal.root / "themes", "from boreal itself")
    fleet.write("aurora", "boreal", themes="themes")
    fleet.report()
    assert "from the agency" in stylesheet_of(aurora)
    assert "from boreal itself" in stylesheet_of(boreal)
    assert "from the agency" not in stylesheet_of(boreal)
    shutil.copytree(fleet.root / "themes", aurora.root / "themes")
    assert aurora.files() == fleet.single("aurora")
    assert boreal.files() == fleet.single("boreal")
    shutil.rmtree(aurora.root / "themes")
    assert all(site["report"]["files"] == {"written": 0, "removed": 0} for site in fleet.report()["sites"])
    assert sorted(path.name for path in aurora.root.iterdir()) == [
        ".dealergen", "inventory.csv", "photos", "public", "site.yaml",
    ]  # fmt: skip


def test_with_shared_themes_a_site_still_finds_its_photos_and_what_lies_beside_it(fleet: SmallFleet) -> None:
    site = fleet.dealer("aurora", inventory={"source": "../../exports/a.csv"})
    (site.root / "inventory.csv").unlink()
    (fleet.root / "exports").mkdir()
    (fleet.root / "exports" / "a.csv").write_text(stock_of("aurora", 6), "utf-8")
    write_theme(fleet.root / "themes", "shared")
    fleet.write("aurora", themes="themes")
    (built,) = fleet.report()["sites"]
    assert built["report"]["vehicles"] == 6
    assert built["report"]["warnings"] == [
        problem for problem in built["report"]["warnings"] if problem["level"] == "notice"
    ]
    assert any(path.startswith("media/a-") for path in site.files())


def test_messages_name_the_users_files_and_not_the_folder_put_together_for_the_build(fleet: SmallFleet) -> None:
    site = fleet.dealer("aurora")
    (site.root / "site.yaml").write_text("dealer: {name: X}\n", "utf-8")
    write_theme(fleet.root / "themes", "shared")
    fleet.write("aurora", themes="themes")
    (failed,) = fleet.report(code=1)["sites"]
    assert failed["exit_code"] == 3
    assert {problem["file"] for problem in failed["error"]["problems"]} == {f"{site.root.resolve()}/site.yaml"}


def test_overrides_of_address_inventory_and_output_hold_for_one_site(fleet: SmallFleet) -> None:
    fleet.dealer("aurora")
    (fleet.root / "night.csv").write_text(stock_of("aurora", 9), "utf-8")
    entry = {"name": "aurora", "site": "dealers/aurora", "out": "www/a", "inventory": "night.csv",
             "base_url": "https://preview.example/x"}  # fmt: skip
    fleet.write(sites=[entry])
    (built,) = fleet.report()["sites"]
    assert (built["report"]["vehicles"], built["report"]["out"]) == (9, f"{fleet.root.resolve()}/www/a")
    assert "https://preview.example/x/" in (fleet.root / "www/a/sitemap.xml").read_text("utf-8")


def test_a_photo_that_two_dealers_share_is_made_once(fleet: SmallFleet) -> None:
    aurora, boreal = fleet.dealer("aurora"), fleet.dealer("boreal")
    shutil.copyfile(aurora.root / "photos/a.jpg", boreal.root / "photos/a.jpg")
    fleet.write("aurora", "boreal", shared_cache="cache")
    fleet.report("build", "--only", "aurora")
    made = {path: path.stat().st_mtime_ns for path in (fleet.root / "cache").rglob("*") if path.is_file()}
    assert made
    fleet.report("build", "--only", "boreal")
    assert {path: path.stat().st_mtime_ns for path in (fleet.root / "cache").rglob("*") if path.is_file()} == made
    assert boreal.files() == fleet.single("boreal")


def test_new_writes_a_fleet_for_the_sites_in_a_folder_which_builds(fleet: SmallFleet) -> None:
    fleet.dealer("aurora")
    fleet.dealer("boreal")
    called = fleet.call("new", ".", "--out", "www/{name}")
    assert called.returncode == 0
    assert [site["status"] for site in fleet.report()["sites"]] == ["built", "built"]
    assert (fleet.root / "www/boreal/index.html").is_file()
    assert fleet.call("new", ".").returncode == 2


@pytest.mark.parametrize("name", ["aurora", "no-such-site"])
def test_a_site_whose_folder_is_missing_does_not_leave_one_behind(fleet: SmallFleet, name: str) -> None:
    fleet.write(name)
    fleet.report(code=1)
    assert not (fleet.root / "dealers").exists()


def write_theme(folder: Path, mark: str) -> None:
    """The theme `agencia`, told by a comment in its stylesheet."""
    theme = folder / "agencia"
    (theme / "assets/css").mkdir(parents=True)
    text = "name: agencia\ntitle: Agency\nextends: galeria\nstylesheets: [own.css]\n"
    (theme / "theme.yaml").write_text(text, "utf-8")
    (theme / "assets/css/own.css").write_text(f".mark{{content:'{mark}'}}", "utf-8")


def stylesheet_of(site: Dealership) -> str:
    return "".join(data.decode() for path, data in site.files().items() if path.endswith(".css"))


def children_of(pid: int) -> list[int]:
    file = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in file.read_text("ascii").split()] if file.exists() else []


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2][:3]


def wait_for(look: Callable[[], Any]) -> Any:
    """What `look` answers, once it is something."""
    deadline = time.monotonic() + 60
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come to pass within a minute"
        time.sleep(0.005)
    return found


def kill_when_building(pid: int, out: Path) -> bool:
    """Kill the process that builds for `pid`, as soon as it has written something."""
    wait_for(lambda: any(out.rglob("*.html")))
    (worker,) = children_of(pid)
    os.kill(worker, signal.SIGKILL)
    return True
