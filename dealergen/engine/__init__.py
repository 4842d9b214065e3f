"""The engine: decides which artifacts are out of date, makes them, writes them, and takes away what is not planned."""

from .artifact import Artifact, Fact, Function, Maker, Template, digest_of, join_digests

__all__ = ["Artifact", "Fact", "Function", "Maker", "Template", "digest_of", "join_digests"]
