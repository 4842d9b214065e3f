"""Makes one artifact in this process."""

from __future__ import annotations

from dealergen.engine import Artifact, Renderer, Template


def bytes_of(artifact: Artifact, renderer: Renderer) -> bytes:
    """What a build would write at the artifact's path."""
    maker = artifact.maker
    if isinstance(maker, Template):
        context = maker.view(*[fact.value for fact in artifact.reads])
        return renderer.render(maker.name, context).encode("utf-8", "replace")
    return maker(**{fact.name: fact.value for fact in artifact.reads})
