"""The build, read top to bottom: read, model, plan, make, record."""

from .report import BuildReport
from .run import build_site

__all__ = ["BuildReport", "build_site"]
