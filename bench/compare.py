"""Builds one dealership with Hugo and with dealergen, in turn: `python bench/compare.py [N ...] [--runs 5]`.

For each round and tool: a CLEAN build (output, state and caches moved away), then NOTHING changed (idle), then ONE
PRICE changed in the inventory. Wall seconds of whole processes, peak memory as the kernel accounts it, medians of the
rounds. The physical limit is our own output written again from memory by two processes. Results go to
`bench/results.json`.

Two traps are avoided: old output is renamed away, not deleted (a mass deletion slows the disk for whoever runs next),
and the disk is synced before each run (overwriting files that are still dirty looks far too fast).
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import generate  # noqa: E402 - found beside this file

CASES = ("clean", "idle", "one_price")


@dataclass
class Tool:
    """A generator that is timed: its command, where it runs, where it reads the inventory, what it leaves behind."""

    name: str
    command: list[str]
    folder: Path
    inventory: Path
    out: Path
    state: list[Path]
    seconds: dict[str, list[float]] = field(default_factory=lambda: {case: [] for case in CASES})
    peak_mb: float = 0.0


def main() -> None:
    """Time every size that is asked for and keep the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--work", type=Path, default=HERE / "work")
    parser.add_argument("--hugo", default=str(Path(sys.executable).with_name("hugo")))
    options = parser.parse_args()
    file = HERE / "results.json"
    results = json.loads(file.read_text()) if file.is_file() else {}
    for size in options.sizes:
        results[str(size)] = compare(size, options.runs, options.work.resolve(), options.hugo)
        file.write_text(json.dumps(results, indent=1) + "\n")


def compare(size: int, runs: int, work: Path, hugo: str) -> dict[str, object]:
    """The medians of `runs` rounds with `size` vehicles."""
    (work / "trash").mkdir(parents=True, exist_ok=True)
    source = work / f"inventory-{size}.csv"
    if not source.is_file():
        generate.main(size, source)
    tools = [_hugo(work, hugo), _dealergen(work)]
    for turn in range(runs):
        for tool in tools:
            _round(tool, source, work, turn)
    limit = min(_write_again(tools[1].out, work / "trash" / f"again-{attempt}") for attempt in range(3))
    return _medians(tools, limit)


def _hugo(work: Path, binary: str) -> Tool:
    site = work / "hugo"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(HERE / "hugo", site)
    (site / "assets").mkdir(exist_ok=True)
    out = work / "hugo-out"
    command = [binary, "-d", str(out), "--cacheDir", f"{out}.cache", "--quiet"]
    return Tool(
        "hugo", command, site, site / "assets" / "inventory.csv", out, [Path(f"{out}.cache"), site / "resources"]
    )


def _dealergen(work: Path) -> Tool:
    site = work / "site"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(HERE / "site", site, ignore=shutil.ignore_patterns("public", ".dealergen", "inventory.csv"))
    command = [sys.executable, "-m", "dealergen", "build", "--site", str(site), "--quiet"]
    return Tool("dealergen", command, site, site / "inventory.csv", site / "public", [site / ".dealergen"])


def _round(tool: Tool, source: Path, work: Path, turn: int) -> None:
    for path in (tool.out, *tool.state):
        if path.exists():
            path.rename(work / "trash" / str(time.time_ns()))
    shutil.copyfile(source, tool.inventory)
    for case in CASES:
        if case == "one_price":
            change_one_price(tool.inventory)
        seconds, peak = _timed(tool.command, tool.folder, work / "log")
        tool.seconds[case].append(seconds)
        tool.peak_mb = max(tool.peak_mb, peak)
        print(f"{turn} {tool.name:10s} {case:10s} {seconds:7.3f} s {peak:6.0f} MB", flush=True)


def change_one_price(inventory: Path) -> None:
    """Put 111 on the price of the middle vehicle."""
    lines = inventory.read_text("utf-8").split("\n")
    middle = len(lines) // 2
    row = next(csv.reader([lines[middle]]))
    price = generate.COLUMNS.index("price")
    row[price] = str(int(row[price]) + 111)
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(row)
    lines[middle] = line.getvalue()
    inventory.write_text("\n".join(lines), "utf-8")


def _timed(command: list[str], folder: Path, log: Path) -> tuple[float, float]:
    """Wall seconds and peak memory (MB, of the largest process) of a command that must succeed."""
    os.sync()
    script = 'cd "$0" && exec "$@" >"$LOG" 2>&1'
    started = time.monotonic()
    child = os.posix_spawn("/bin/sh", ["/bin/sh", "-c", script, str(folder), *command], os.environ | {"LOG": str(log)})
    _, status, usage = os.wait4(child, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed:\n{log.read_text()}")
    return time.monotonic() - started, usage.ru_maxrss / 1024


def _write_again(out: Path, target: Path) -> float:
    """Seconds to write the same files from memory with two processes: what no generator can beat."""
    blobs = list(_blobs(out))
    os.sync()
    started = time.monotonic()
    child = os.fork()
    for path, data in blobs[::2] if child else blobs[1::2]:
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    return time.monotonic() - started


def _blobs(out: Path) -> Iterator[tuple[Path, bytes]]:
    for file in sorted(out.rglob("*")):
        if file.is_file():
            yield file.relative_to(out), file.read_bytes()


def _medians(tools: list[Tool], limit: float) -> dict[str, object]:
    hugo, ours = tools
    results: dict[str, object] = {}
    for case in CASES:
        theirs, mine = (statistics.median(tool.seconds[case]) for tool in (hugo, ours))
        results[case] = {"dealergen": round(mine, 3), "hugo": round(theirs, 3), "ratio": round(theirs / mine, 2)}
        print(f"{case:10s} hugo {theirs:.2f} s  dealergen {mine:.2f} s  hugo / dealergen = {theirs / mine:.2f}")
    results["clean"] |= {"write": round(limit, 3)}  # type: ignore[operator]
    pages = {tool.name: list(tool.out.rglob("*.html")) for tool in tools}
    for tool in tools:
        size = sum(file.stat().st_size for file in pages[tool.name])
        mean = size / max(1, len(pages[tool.name])) / 1024
        print(f"{tool.name:10s} {len(pages[tool.name])} pages, mean {mean:.1f} KB, peak {tool.peak_mb:.0f} MB")
    results["pages"] = {name: len(files) for name, files in pages.items()}
    results["peak_mb"] = {tool.name: round(tool.peak_mb) for tool in tools}
    print(f"write the same bytes: {limit:.2f} s")
    return results


if __name__ == "__main__":
    main()
