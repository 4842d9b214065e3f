"""Photo throughput: dealergen's pipeline beside libvips (through pyvips), in turn, on the same 12-megapixel JPEGs.

    python bench/photos.py [--photos 12] [--runs 5] [--avif]

Both make the same widths and formats at the same qualities, with as many threads as there are cores. dealergen's time
holds everything that a build does with a new photo: reading, digest, inspection (with its own small decode), planning,
scaling, encoding, writing. libvips does what its users do: `thumbnail`, then smaller sizes from that, then encoding.
"""

from __future__ import annotations

import argparse
import io
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyvips
from PIL import Image

from dealergen.config.photos import PhotoSettings
from dealergen.engine.workers import usable_cores
from dealergen.errors import Place
from dealergen.photos import PhotoLibrary
from dealergen.photos.encode import Encoding, encodings_for

WORK = Path(__file__).parent / "work" / "photos"
SIZE = (4000, 3000)


def main() -> None:
    options = _options()
    settings = PhotoSettings(formats=["avif", "webp", "jpg"] if options.avif else ["webp", "jpg"])
    photos = generate(options.photos)
    pyvips.cache_set_max(0)
    pyvips.concurrency_set(1)
    contenders: dict[str, Callable[[Path], None]] = {
        "dealergen": lambda out: with_dealergen(photos, settings, out),
        "pyvips": lambda out: with_pyvips(photos, settings, out),
    }
    times: dict[str, list[float]] = {name: [] for name in contenders}
    sizes: dict[str, int] = {}
    for _ in range(options.runs):
        for name, run in contenders.items():
            times[name].append(timed(run, sizes, name))
    report(times, sizes, options.photos, settings)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=12, help="how many different photos")
    parser.add_argument("--runs", type=int, default=5, help="how many runs of each, in turn")
    parser.add_argument("--avif", action="store_true", help="make AVIF as well")
    return parser.parse_args()


def generate(count: int) -> list[Path]:
    """Seeded photos: soft shapes under the grain of a small sensor, about 3.5 MB each, as a phone writes them."""
    WORK.mkdir(parents=True, exist_ok=True)
    files = [WORK / f"{number:03}.jpg" for number in range(count)]
    for number, file in enumerate(files):
        if not file.is_file():
            file.write_bytes(_photo(number))
    return files


def _photo(seed: int) -> bytes:
    dice = random.Random(seed)
    shapes = Image.frombytes("RGB", (40, 30), dice.randbytes(40 * 30 * 3)).resize(SIZE, Image.Resampling.BICUBIC)
    details = Image.frombytes("RGB", (500, 375), dice.randbytes(500 * 375 * 3)).resize(SIZE, Image.Resampling.BICUBIC)
    grain = Image.frombytes("RGB", SIZE, dice.randbytes(SIZE[0] * SIZE[1] * 3))
    image = Image.blend(Image.blend(shapes, details, 0.15), grain, 0.05)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def timed(run: Callable[[Path], None], sizes: dict[str, int], name: str) -> float:
    """Seconds of one run into an empty folder; notes how many bytes came out."""
    out = Path(tempfile.mkdtemp(dir=WORK.parent))
    started = time.perf_counter()
    run(out)
    seconds = time.perf_counter() - started
    kinds = {".webp", ".jpg", ".avif"}
    sizes[name] = sum(file.stat().st_size for file in out.rglob("*") if file.suffix in kinds)
    shutil.rmtree(out)
    return seconds


def with_dealergen(photos: list[Path], settings: PhotoSettings, out: Path) -> None:
    library = PhotoLibrary(settings.model_copy(update={"folder": "."}), WORK, out)
    library.inspect(file.name for file in photos)
    for file in photos:
        library.picture(file.name, source=Place("bench"))
    library.make_ahead(out, usable_cores())
    library.save_index()


def with_pyvips(photos: list[Path], settings: PhotoSettings, out: Path) -> None:
    with ThreadPoolExecutor(usable_cores()) as pool:
        list(pool.map(lambda file: _variants(file, settings, out), photos))


def _variants(file: Path, settings: PhotoSettings, out: Path) -> None:
    """The sizes and formats that dealergen makes: JPEG in two, the others in all."""
    widths = sorted(settings.widths)
    image = pyvips.Image.thumbnail_buffer(file.read_bytes(), widths[-1]).copy_memory()
    for width in reversed(widths):
        if image.width != width:
            image = image.thumbnail_image(width).copy_memory()
        for encoding in encodings_for(settings):
            if encoding.extension != "jpg" or width >= 800:
                (out / f"{file.stem}-{width}.{encoding.extension}").write_bytes(_saved(image, encoding))


def _saved(image: pyvips.Image, encoding: Encoding) -> bytes:
    if encoding.extension == "webp":
        return bytes(image.webpsave_buffer(Q=encoding.quality, effort=encoding.effort, keep="none"))
    if encoding.extension == "avif":
        # libvips counts effort (0 to 9) where libavif counts speed.
        effort = 9 - min(9, encoding.effort)
        return bytes(image.heifsave_buffer(Q=encoding.quality, compression="av1", effort=effort, keep="none"))
    return bytes(image.jpegsave_buffer(Q=encoding.quality, optimize_coding=True, keep="none"))


def report(times: dict[str, list[float]], sizes: dict[str, int], count: int, settings: PhotoSettings) -> None:
    """A Markdown table: medians, spread, photos a second, and libvips's time over dealergen's."""
    import PIL

    medians = {name: statistics.median(runs) for name, runs in times.items()}
    vips = ".".join(str(pyvips.version(part)) for part in range(3))
    print(f"{count} photos of {SIZE[0]}x{SIZE[1]}, widths {settings.widths}, formats {settings.formats}, ", end="")
    print(f"{usable_cores()} cores; Pillow {PIL.__version__}, libvips {vips}\n")
    print("| | median (s) | min to max (s) | photos a second | output (MB) |\n|---|---:|---:|---:|---:|")
    for name, runs in times.items():
        spread = f"{min(runs):.2f} to {max(runs):.2f}"
        speed, megabytes = count / medians[name], sizes[name] / 1e6
        print(f"| {name} | {medians[name]:.2f} | {spread} | {speed:.2f} | {megabytes:.1f} |")
    print(f"\nratio pyvips / dealergen: {medians['pyvips'] / medians['dealergen']:.2f}")


if __name__ == "__main__":
    main()
