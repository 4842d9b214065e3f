"""What the host reads: `robots.txt`, `_redirects` and `_headers` (the format of Netlify and Cloudflare Pages)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from dealergen.engine import Artifact, Fact, digest_of
from dealergen.errors import Place

SOURCE = Place("site.yaml")


def robots_artifact(site_url: str) -> Artifact:
    """`robots.txt`: everything may be read; AdsBot is named because it ignores the star."""
    return Artifact("robots.txt", _robots, (Fact("site_url", digest_of(site_url), site_url),), SOURCE)


def _robots(site_url: str) -> bytes:
    lines = ["User-agent: *", "Disallow: /api/", "", "User-agent: AdsBot-Google", "Allow: /", ""]
    return "\n".join([*lines, f"Sitemap: {site_url}/sitemap.xml", ""]).encode()


def redirects_artifact(redirects: Mapping[str, str | None]) -> Artifact:
    """`_redirects`: each address that was published once leads on, or (None) is gone for good."""
    rows = sorted(redirects.items())
    return Artifact("_redirects", _redirects, (Fact("rows", digest_of(rows), rows),), SOURCE)


def _redirects(rows: list[tuple[str, str | None]]) -> bytes:
    lines = [f"{old} {new} 301" if new else f"{old} /404.html 410" for old, new in rows]
    return "".join(f"{line}\n" for line in lines).encode()


def headers_artifact(image_hosts: Sequence[str], form_action: str) -> Artifact:
    """`_headers`: a strict policy (no inline script or style, nothing from elsewhere but pictures that are named),
    and long caching for what has its digest in its name."""
    hosts = sorted(set(image_hosts))
    policy = Fact("policy", digest_of(hosts, form_action), content_policy(hosts, form_action))
    return Artifact("_headers", _headers, (policy,), SOURCE)


def content_policy(image_hosts: Sequence[str], form_action: str) -> str:
    """The Content-Security-Policy of every page."""
    form = f"{urlsplit(form_action).scheme}://{urlsplit(form_action).netloc}" if "://" in form_action else ""
    directives = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": " ".join(["'self'", "data:", *image_hosts]),
        "media-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": f"'self' {form}".strip(),
        "base-uri": "'none'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _headers(policy: str) -> bytes:
    every = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
        "Strict-Transport-Security": "max-age=31536000",
    }
    for_ever = {"Cache-Control": "public, max-age=31536000, immutable"}
    blocks = {"/*": every, "/assets/*": for_ever, "/media/*": for_ever}
    texts = [
        "\n".join([path, *[f"  {name}: {value}" for name, value in block.items()], ""])
        for path, block in blocks.items()
    ]
    return "\n".join(texts).encode()
