"""Watches what a site is made of, and says which files changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

READING = frozenset({"opened", "closed_no_write"})
NOT_SOURCES = frozenset({"node_modules", "__pycache__", "venv", "4913"})
"""Folders and files that no site is made of; `4913` is what Vim writes to try a folder."""


@contextmanager
def watching(root: Path, out: Path, others: Iterable[Path], changed: Callable[[str], None]) -> Iterator[None]:
    """Call `changed` with the path of each source that changes, from the watcher's thread.

    Watched are `root` without `out`, hidden folders and other tools' folders; and `others`, files or folders elsewhere.
    """
    folders = tuple(others)
    try:
        observer = _started(Observer(), root, out, folders, changed)
    except OSError:  # the system's limit of watches is used up
        observer = _started(PollingObserver(), root, out, folders, changed)
    try:
        yield
    finally:
        observer.stop()
        observer.join(timeout=2)


def _started(
    observer: BaseObserver, root: Path, out: Path, others: tuple[Path, ...], changed: Callable[[str], None]
) -> BaseObserver:
    handler = _Changes(observer, root, out, changed)
    handler.watch_root()
    for path in others:
        handler.watch_other(path)
    observer.start()
    return observer


class _Changes(FileSystemEventHandler):
    def __init__(self, observer: BaseObserver, root: Path, out: Path, changed: Callable[[str], None]) -> None:
        self._observer = observer
        self._root = root
        self._out = out
        self._changed = changed
        self._elsewhere: set[Path] = set()

    def watch_root(self) -> None:
        """The top flat and each source folder whole: watching an environment or a checkout of git would cost much."""
        self._observer.schedule(self, str(self._root), recursive=False)
        for folder in self._root.iterdir():
            self._watch_folder(folder)

    def watch_other(self, path: Path) -> None:
        folder = path if path.is_dir() else path.parent
        if path.is_relative_to(self._root) or not folder.is_dir():
            return
        self._elsewhere.add(path)
        self._observer.schedule(self, str(folder), recursive=path.is_dir())

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in READING or (event.is_directory and event.event_type == "modified"):
            return
        for name in filter(None, (event.src_path, event.dest_path)):
            path = Path(str(name))
            if event.is_directory and path.parent == self._root and event.event_type != "deleted":
                self._watch_folder(path)
            if self._is_source(path):
                self._changed(str(path))

    def _watch_folder(self, folder: Path) -> None:
        environment = (folder / "pyvenv.cfg").exists()
        if folder.is_dir() and self._is_source(folder) and not environment:
            self._observer.schedule(self, str(folder), recursive=True)

    def _is_source(self, path: Path) -> bool:
        if path.is_relative_to(self._out):
            return False
        if not path.is_relative_to(self._root):
            return any(path.is_relative_to(other) or path.match(str(other)) for other in self._elsewhere)
        parts = path.relative_to(self._root).parts
        return not any(part.startswith(".") or part.endswith(("~", ".swp")) or part in NOT_SOURCES for part in parts)
