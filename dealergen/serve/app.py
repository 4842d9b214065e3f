"""The preview as an ASGI application: the built site, the live script and its events, and the forms' address."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles

from .built import Answer, BuiltSite
from .leads import LARGEST, FormError, keep_lead, parse_form, thank_you_path
from .media import media_type
from .pages import OWN, failure_page, missing_page, with_live_script
from .preview import Preview

CONDITIONS = StaticFiles(directory=".", check_dir=False)
"""Knows the conditions of a request (`If-None-Match`, `If-Modified-Since`)."""

Watch = Callable[[Callable[[str], None]], AbstractContextManager[None]]
"""Calls what it is handed with each changed path, from any thread, while it is entered."""


def no_watch(_changed: Callable[[str], None]) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Served:
    """What the application serves, and how."""

    out: Path
    leads: Path
    """The folder in which leads are kept."""
    form_action: str = "/api/lead"
    prefix: str = ""
    """The path under which the site stands, without a slash at its end."""
    hosts: Sequence[str] = ("localhost", "127.0.0.1", "[::1]")
    """Names under which it may be asked for: another name on this machine's address is an attack by DNS."""
    watch: Watch = no_watch
    received: Callable[[str], None] = lambda _lead_id: None


def make_app(served: Served, preview: Preview) -> Starlette:
    """Builds at start, and as often as a watched file changes, until it is stopped."""
    site = BuiltSite(served.out, served.prefix)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()

        def changed(path: str) -> None:
            loop.call_soon_threadsafe(preview.changed, [path])

        with served.watch(changed):
            builds = asyncio.create_task(preview.run())
            yield
            builds.cancel()
            with suppress(asyncio.CancelledError):
                await builds

    async def events(_request: Request) -> Response:
        return StreamingResponse(
            _stream(preview), media_type="text/event-stream", headers={"cache-control": "no-store"}
        )

    async def lead(request: Request) -> Response:
        return await _take_lead(request, served)

    async def page(request: Request) -> Response:
        await preview.settled()
        return _respond(request, site, preview)

    return Starlette(
        routes=[
            Route(f"{OWN}/events", events),
            Route(f"{OWN}/live.js", _own_file("live.js")),
            Route(f"{OWN}/live.css", _own_file("live.css")),
            Route(served.form_action, lead, methods=["POST"]),
            Route("/{path:path}", page, methods=["GET", "HEAD"]),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(served.hosts), www_redirect=False)],
        lifespan=lifespan,
    )


def _own_file(name: str) -> Callable[[Request], Response]:
    file = Path(__file__).with_name(name)
    return lambda _request: FileResponse(file, media_type=media_type(file), headers={"cache-control": "no-cache"})


async def _stream(preview: Preview) -> AsyncIterator[str]:
    async for state in preview.states():
        yield f"data: {json.dumps(state)}\n\n" if state is not None else ": alive\n\n"


def _respond(request: Request, site: BuiltSite, preview: Preview) -> Response:
    path = str(request.scope["path"])
    answer = site.answer(path, request.url.query)
    headers = site.headers(path)
    if answer.location:
        return Response(status_code=answer.status, headers={"location": answer.location, **headers})
    if answer.file is None:
        return _without_file(path, answer.status, preview)
    if answer.file.suffix == ".html":
        body = with_live_script(answer.file.read_bytes(), preview.version)
        return Response(body, answer.status, headers={**headers, "content-type": media_type(answer.file)})
    return _file(request, answer, answer.file, headers)


def _without_file(path: str, status: int, preview: Preview) -> Response:
    if preview.failure is not None:
        return Response(failure_page(preview.failure, preview.version), 500, media_type="text/html")
    return Response(missing_page(path, preview.version), status, media_type="text/html")


def _file(request: Request, answer: Answer, file: Path, headers: dict[str, str]) -> Response:
    response = FileResponse(file, answer.status, {**headers, "content-type": media_type(file)}, stat_result=file.stat())
    unchanged = CONDITIONS.is_not_modified(response.headers, request.headers)
    return NotModifiedResponse(response.headers) if unchanged and answer.status == 200 else response


async def _take_lead(request: Request, served: Served) -> Response:
    if not _same_origin(request):
        return PlainTextResponse("A form of another site may not post here.", 403)
    try:
        fields = parse_form(await _body(request), request.headers.get("content-type", ""))
    except FormError as error:
        return PlainTextResponse(f"This is not a form: {error}.", error.status)
    lead_id = keep_lead(served.leads, fields, page=request.headers.get("referer", ""))
    served.received(lead_id)
    following = thank_you_path(fields)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"ok": True, "id": lead_id, "next": following}, 201)
    return RedirectResponse(following, 303)


def _same_origin(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


async def _body(request: Request) -> bytes:
    body = bytearray()
    with suppress(ClientDisconnect):
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                raise FormError(f"it has more than {LARGEST:,} bytes", 413)
    return bytes(body)
