"""Forms posted to the preview: kept as files of this machine, readable by their owner alone."""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from email import policy
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

LARGEST = 64_000
"""Bytes; the longest form is a name, a phone and a message."""

Fields = dict[str, str | list[str]]


class FormError(ValueError):
    """What was posted is not a form; `status` is the HTTP status that says so."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def parse_form(body: bytes, content_type: str) -> Fields:
    """Field → value, or values where a name stands more than once. Raises `FormError`."""
    kind = content_type.partition(";")[0].strip().lower()
    try:
        match kind:
            case "application/x-www-form-urlencoded" | "":
                return _joined(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=200))
            case "multipart/form-data":
                return _joined(_multipart(body, content_type))
            case "application/json":
                return _from_json(body)
    except ValueError as error:
        raise FormError(f"the form cannot be read: {error}") from error
    raise FormError(f"a form is not sent as {kind!r}")


def _joined(pairs: list[tuple[str, str]]) -> Fields:
    fields: Fields = {}
    for name, value in pairs:
        if name in fields:
            held = fields[name]
            fields[name] = [*held, value] if isinstance(held, list) else [held, value]
        else:
            fields[name] = value
    return fields


def _multipart(body: bytes, content_type: str) -> list[tuple[str, str]]:
    """The text fields; files are left out, since no form of a showroom sends any."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=policy.HTTP).parsebytes(head + body)
    if not message.is_multipart():
        raise ValueError("the parts of the form are not marked")
    pairs = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str) and part.get_filename() is None:
            content = part.get_payload(decode=True)
            pairs.append((name, content.decode("utf-8") if isinstance(content, bytes) else ""))
    return pairs


def _from_json(body: bytes) -> Fields:
    told = json.loads(body)
    if not isinstance(told, dict):
        raise ValueError("an object of fields is expected")
    return {name: [str(v) for v in value] if isinstance(value, list) else str(value) for name, value in told.items()}


def keep_lead(folder: Path, fields: Fields, *, page: str = "") -> str:
    """Write the lead to a new file in `folder` (mode 0600) and answer its id."""
    received = dt.datetime.now(dt.UTC)
    lead_id = f"{received:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lead = {"id": lead_id, "received_at": received.isoformat(timespec="seconds"), "page": page, "fields": fields}
    descriptor = os.open(folder / f"{lead_id}.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(lead, file, ensure_ascii=False, indent=2)
    return lead_id


def thank_you_path(fields: Fields) -> str:
    """Where to send the visitor: the field `next` when it is a path of this site, else the home page."""
    wanted = fields.get("next")
    if not isinstance(wanted, str) or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return "/"
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or any(ord(character) < 32 or character == "\\" for character in wanted):
        return "/"
    return quote(wanted, safe="/?&=#%+-._~")
