"""One site's work, and what came of it: plain values, since both travel between processes and machines as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

LOST = 75
"""The exit code of a build that failed for a reason of its machine or storage (`EX_TEMPFAIL` of sysexits.h)."""
BUG = 70
"""The exit code of a build that failed for a reason nobody foresaw (`EX_SOFTWARE`)."""

OWN_CODE = "dealergen.fleet.build"
"""The module that reaches all that a build runs: two machines whose digests of it agree make the same bytes."""

Action = Literal["build", "check"]
Status = Literal["built", "checked", "failed", "lost", "not-started"]


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done for one site. Locations are absolute paths or addresses; empty ones are not given."""

    name: str
    site: str
    out: str
    state: str
    action: Action = "build"
    base_url: str = ""
    inventory: str = ""
    themes: str = ""
    shared_cache: str = ""
    scratch: str = ""
    now: str = ""
    """The build's clock, ISO 8601."""
    accept: bool = False
    jobs: int = 1
    """Processes within the build."""
    memory_mb: int = 400
    timeout: float = 3600
    storage: dict[str, dict[str, str]] = field(default_factory=dict)
    code: str = ""
    """Digest of the dealergen that planned it: another one may make other bytes."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class Result:
    """What came of a job. `failed` is the site's own failure; `lost` is the machine's or the storage's."""

    name: str
    status: Status
    exit_code: int = 0
    seconds: float = 0.0
    attempts: int = 1
    where: str = ""
    """The machine and process that did it."""
    peak_mb: int = 0
    """The most memory that its processes held, in megabytes."""
    published: dict[str, int] = field(default_factory=dict)
    """Files `sent` to and `removed` from a remote output."""
    report: dict[str, Any] | None = None
    """The build's own report."""
    error: dict[str, Any] | None = None
    """`message`, `remedy` and `problems`."""

    @property
    def ok(self) -> bool:
        return self.status in ("built", "checked")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def lost(name: str, message: str, remedy: str = "") -> Result:
    """A result for work that a machine or a storage did not finish."""
    return Result(name, "lost", LOST, error={"message": message, "remedy": remedy, "problems": []})
