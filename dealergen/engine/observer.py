"""Who is told of each artifact as it is made: what explains a build afterwards, or measures it."""

from __future__ import annotations

from typing import Protocol

from .artifact import Artifact
from .manifest import Record


class Observer(Protocol):
    """What a build tells of its work, artifact by artifact, in the order of the plan."""

    def made(self, artifact: Artifact, before: Record | None, after: Record) -> None:
        """The maker of `artifact` ran. `before` is the record of its last making, None for the first."""


class Unobserved:
    """Looks away."""

    def made(self, artifact: Artifact, before: Record | None, after: Record) -> None: ...
