"""A site's folder as it was at a commit of git, in a temporary place; the working tree is left alone."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dealergen.errors import UsageError


@contextmanager
def checked_out(root: Path, revision: str, shared: Sequence[str]) -> Iterator[Path]:
    """The folder `root` as it was at `revision`.

    Of `shared`, what git does not keep is lent by the folder of today. Raises UsageError where `revision` names no
    commit, or `root` is in no repository.
    """
    commit = _commit(root, revision)
    within = _git(root, "rev-parse", "--show-prefix").decode().strip()
    archive = _git(root, "archive", "--format=tar", f"{commit}:{within}")
    with tempfile.TemporaryDirectory(prefix="dealergen-diff-") as folder:
        then = Path(folder).resolve()
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(then, filter="data")
        for name in shared:
            if (root / name).exists() and not (then / name).exists():
                (then / name).parent.mkdir(parents=True, exist_ok=True)
                (then / name).symlink_to(root / name)
        yield then


def _commit(root: Path, revision: str) -> str:
    try:
        named = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return named.decode().strip()
    except (OSError, subprocess.CalledProcessError):
        raise UsageError(
            f"{revision!r} is no folder, no ledger, and no commit of the repository that {root} is in",
            remedy="Name a built folder, a ledger.json, an address, or a commit such as main~1 or a tag.",
        ) from None


def _git(root: Path, *words: str) -> bytes:
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - words of our own, no shell
