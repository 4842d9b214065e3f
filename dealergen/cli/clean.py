"""`dealergen clean`: remove what builds have made, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import click

from dealergen.errors import OutputError, UsageError

from .root import OUTPUT, site_option
from .summary import shown_path
from .terminal import terminal_of

STATE = ".dealergen"
PHOTOS = "photos"
LEDGER = "ledger*"
MANIFEST = "builds/public/manifest.tsv"
RECORDS = ("builds/public", "changes.json", "schedule.json")


@click.command()
@site_option
@click.option("--photos", is_flag=True, help="Remove only the cache of photos.")
@click.option("--all", "everything", is_flag=True, help="Also remove the cache of photos.")
@click.option("--ledger", is_flag=True, help="Also forget first-seen dates, last prices and published addresses.")
@click.option("--force", is_flag=True, help="Remove public/ even when no build is known to have made it.")
@click.option("--dry-run", is_flag=True, help="Only list what would be removed.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def clean(
    context: click.Context,
    root: Path,
    photos: bool,
    everything: bool,
    ledger: bool,
    force: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Remove the built site and the build's memory of it; the next build makes everything again.

    The cache of photos stays unless asked for, since photos take long. The ledger and the leads kept by the preview
    stay: no build can make them again.
    """
    if photos and everything:
        raise UsageError("--photos and --all exclude each other", remedy="Use one of them.")
    doomed = sorted(_photo_caches(root)) if photos else sorted(_built(root, everything=everything, force=force))
    if ledger:
        doomed += sorted((root / STATE).glob(LEDGER))
    _remove_all(context, doomed, dry_run=dry_run, yes=yes)


def _remove_all(context: click.Context, doomed: list[Path], *, dry_run: bool, yes: bool) -> None:
    say = terminal_of(context).say
    if not doomed:
        say("There is nothing to remove.")
        return
    for path in doomed:
        say(f"{'Would remove' if dry_run else 'Removing'} {shown_path(path)}")
    if dry_run:
        return
    if not yes:
        click.confirm("Go on?", abort=True, err=True)
    for path in doomed:
        _remove(path)


def _built(root: Path, *, everything: bool, force: bool) -> Iterator[Path]:
    """The output folder, the records of the build, and the cache (of photos only when `everything` goes)."""
    output = root / OUTPUT
    if output.exists() or output.is_symlink():
        _refuse_foreign(root, output, force=force)
        yield output
    for record in RECORDS:
        yield from (root / STATE).glob(record)
    yield from (path for path in _children(root / STATE / "cache") if everything or path.name != PHOTOS)


def _photo_caches(root: Path) -> Iterator[Path]:
    folder = root / STATE / "cache" / PHOTOS
    if folder.exists():
        yield folder


def _children(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def _refuse_foreign(root: Path, output: Path, *, force: bool) -> None:
    """Raises `OutputError` unless a manifest of a build names files in `output`, or the user insists."""
    if output.is_symlink():
        raise OutputError(
            f"{shown_path(output)} is a symbolic link, and what it points to is not dealergen's to remove",
            remedy="Remove it yourself.",
        )
    if not force and any(output.iterdir()) and not _made_here(root, output):
        raise OutputError(
            f"{shown_path(output)} was not made by dealergen: no build on record wrote its files",
            remedy="Look into it; if it may go, use --force.",
        )


def _made_here(root: Path, output: Path) -> bool:
    from dealergen.engine.manifest import read_manifest

    return any((output / path).is_file() for path in read_manifest(root / STATE / MANIFEST))


def _remove(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{error.filename or path} cannot be removed: {error.strerror}",
            remedy="Close what uses it, or give yourself the right to remove it.",
        ) from error
