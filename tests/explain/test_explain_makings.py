"""The file that remembers what pages were made from: small, appended to, and never in the way of a build."""

from __future__ import annotations

from pathlib import Path

from dealergen.engine.makings import Build, append_makings, makings_of, read_builds
from tests.conftest import NOW, Dealership
from tests.explain.conftest import CARS, HEADER

READS = ".dealergen/builds/public/reads.tsv"


def log(lot: Dealership) -> Path:
    return lot.root / READS


def paths(build: Build) -> set[str]:
    return {line.split("\t")[1] for line in build.lines}


def test_a_first_build_remembers_every_artifact(lot: Dealership) -> None:
    lot.build()
    (build,) = read_builds(log(lot))
    assert paths(build) == set(lot.files())
    assert build.clock == NOW.isoformat()


def test_one_changed_price_adds_a_line_for_each_page_that_was_made(lot: Dealership) -> None:
    lot.build()
    size = log(lot).stat().st_size
    lot.inventory(HEADER + CARS.replace("69.900", "68.900"))
    report = lot.build()
    _, second = read_builds(log(lot))
    assert len([path for path in paths(second) if path.endswith(".html")]) == report.pages_made
    assert "sobre/index.html" not in paths(second)
    assert log(lot).stat().st_size > size


def test_a_build_with_no_change_does_not_touch_the_file(lot: Dealership) -> None:
    lot.build()
    before = log(lot).stat()
    lot.build()
    after = log(lot).stat()
    assert (before.st_mtime_ns, before.st_size, before.st_atime_ns) == (
        after.st_mtime_ns,
        after.st_size,
        after.st_atime_ns,
    )


def test_a_file_that_has_grown_keeps_the_last_two_makings_of_what_is_planned(tmp_path: Path) -> None:
    file = tmp_path / "reads.tsv"
    padding = "x" * 1000
    for number in range(400):
        lines = [
            f"B\t2026-01-01T00:00:{number % 60:02}+00:00\tclock {number}",
            f"T\tcar.html\tbase.html={number:010}",
            f"N\t{number:010}\tcode=abc\tprice={number}",
            f"P\ta.html\tchanged\tmaker\tcar.html\tcar={number:010}\tpadding={padding}",
            *([f"P\tgone.html\tnew\tmaker\tcar={number:010}"] if number == 0 else []),
            *([f"P\tb.html\tnew\tmaker\tcar={number:010}"] if number == 3 else []),
        ]
        append_makings(file, lines, lambda: {"a.html", "b.html"})
    builds = read_builds(file)
    assert file.stat().st_size < 200_000
    last, before, *_ = makings_of(builds, "a.html")
    assert (last.reads["car"], before.reads["car"]) == (f"{399:010}", f"{398:010}")
    assert (last.build.notes[f"{399:010}"]["price"], before.build.notes[f"{398:010}"]["price"]) == ("399", "398")
    assert last.build.templates["car.html"] == {"base.html": f"{399:010}"}
    (only,) = makings_of(builds, "b.html")
    assert only.build.clock == "clock 3"
    assert makings_of(builds, "gone.html") == []


def test_a_line_that_a_kill_cut_short_does_not_spoil_the_next(tmp_path: Path) -> None:
    file = tmp_path / "reads.tsv"
    append_makings(file, ["B\tone\tc", "P\ta.html\tnew\tmaker\tcar=1"], set)
    file.write_bytes(file.read_bytes() + b"B\ttwo\tc\nP\tb.html\tne")
    append_makings(file, ["B\tthree\tc", "P\tc.html\tnew\tmaker\tcar=3"], set)
    assert [build.written_at for build in read_builds(file)] == ["one", "two", "three"]
    assert makings_of(read_builds(file), "c.html")[0].reads == {"car": "3"}
    assert makings_of(read_builds(file), "b.html") == []


def test_a_file_of_another_version_is_begun_again(tmp_path: Path) -> None:
    file = tmp_path / "reads.tsv"
    file.write_text("something else\n")
    assert read_builds(file) == []
    append_makings(file, ["B\tone\tc", "P\ta.html\tnew\tmaker\tcar=1"], set)
    assert len(read_builds(file)) == 1


def test_a_build_goes_on_where_the_file_cannot_be_written(lot: Dealership) -> None:
    log(lot).mkdir(parents=True)
    assert lot.build().pages_made > 0
    assert log(lot).is_dir()
