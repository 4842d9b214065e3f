"""`dealergen schema`: JSON Schemas, with which editors complete and check site.yaml and front matter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from dealergen.content.model import Kind

KINDS: dict[str, Kind] = {"offer": "offers", "post": "posts", "page": "pages"}


@click.command()
@click.argument("what", type=click.Choice(["site", *KINDS]))
def schema(what: Literal["site", "offer", "post", "page"]) -> None:
    """Print the JSON Schema of site.yaml (site) or of a kind of front matter (offer, post, page).

    \b
    For site.yaml:  dealergen schema site > site.schema.json
    and as its first line:  # yaml-language-server: $schema=site.schema.json
    """
    from dealergen.config.schema import site_schema
    from dealergen.content.schema import content_schema

    described = site_schema() if what == "site" else content_schema(KINDS[what])
    click.echo(json.dumps(described, ensure_ascii=False, indent=2))
