"""The preview as an ASGI application: the site, the live script and its events, and the forms' address."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePath
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

from .host import Answer
from .leads import LARGEST, FormError, keep_lead, parse_form, thank_you_path
from .media import media_type
from .outcome import Failure, failure_of
from .pages import OWN, failure_page, missing_page, waiting_page, with_live_script
from .preview import Preview

CONDITIONS = StaticFiles(directory=".", check_dir=False)
"""Knows the conditions of a request (`If-None-Match`, `If-Modified-Since`)."""

FRESH = {"cache-control": "no-store"}

Watch = Callable[[Callable[[str], None]], AbstractContextManager[None]]
"""Calls what it is handed with each changed path, from any thread, while it is entered."""


def no_watch(_changed: Callable[[str], None]) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Served:
    """What the application serves, and how."""

    root: Path
    leads: Path
    """The folder in which leads are kept."""
    form_action: str = "/api/lead"
    hosts: Sequence[str] = ("localhost", "127.0.0.1", "[::1]")
    """Names under which it may be asked for: another name on this machine's address is an attack by DNS."""
    watch: Watch = no_watch
    received: Callable[[str], None] = lambda _lead_id: None
    failed: Callable[[str, Failure], None] = lambda _path, _failure: None
    """Told of a page that could not be made."""


def make_app(served: Served, preview: Preview) -> Starlette:
    """Keeps the preview up to date, from the start and as often as a watched file changes, until it is stopped."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()

        def changed(path: str) -> None:
            loop.call_soon_threadsafe(preview.changed, [path])

        with served.watch(changed):
            refreshes = asyncio.create_task(preview.run())
            yield
            refreshes.cancel()
            with suppress(asyncio.CancelledError):
                await refreshes
            await preview.site.stop()

    async def events(request: Request) -> Response:
        stream = _stream(preview, request.query_params.get("path", "/"))
        return StreamingResponse(stream, media_type="text/event-stream", headers={"cache-control": "no-store"})

    async def lead(request: Request) -> Response:
        return await _take_lead(request, served)

    async def page(request: Request) -> Response:
        await preview.settled()
        return await _respond(request, preview, served) if preview.site.ready else _before_any(preview)

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


async def _stream(preview: Preview, path: str) -> AsyncIterator[str]:
    async for state in preview.states(path):
        yield f"data: {json.dumps(state)}\n\n" if state is not None else ": alive\n\n"


def _before_any(preview: Preview) -> Response:
    """What is answered while there is no site: why there is none, or that it is being read."""
    if preview.failure is not None:
        return _failure(preview.failure, "")
    return Response(waiting_page(preview.doing), 503, {**FRESH, "retry-after": "1"}, "text/html")


async def _respond(request: Request, preview: Preview, served: Served) -> Response:
    path, site = str(request.scope["path"]), preview.site
    answer, version = preview.host.answer(path, request.url.query), preview.host.version(path)
    headers = preview.host.headers(path)
    if answer.location:
        return Response(status_code=answer.status, headers={"location": answer.location, **headers})
    if answer.path is None:
        return _missing(path, answer.status, preview, version)
    file = None if answer.path.endswith(".html") else site.on_disk(answer.path)
    if file is not None:
        return _file(request, answer, file, headers)
    try:
        data = await asyncio.to_thread(site.read, answer.path)
    except Exception as error:
        failure = failure_of(error, served.root)
        served.failed(path, failure)
        return Response(failure_page(failure, version, of_all=False), 500, FRESH, "text/html")
    if answer.path.endswith(".html"):
        data = with_live_script(data, version, site.stylesheet)
    return _made(request, answer, data, headers)


def _missing(path: str, status: int, preview: Preview, version: str) -> Response:
    if preview.failure is not None:
        return _failure(preview.failure, version)
    return Response(missing_page(path, version), status, FRESH, "text/html")


def _failure(failure: Failure, version: str) -> Response:
    return Response(failure_page(failure, version, of_all=True), 500, FRESH, "text/html")


def _made(request: Request, answer: Answer, data: bytes, headers: dict[str, str]) -> Response:
    tag = f'"{blake2b(data, digest_size=12).hexdigest()}"'
    response = Response(data, answer.status, {**headers, "etag": tag, "content-type": _type(answer)})
    return _unless_known(request, answer, response)


def _file(request: Request, answer: Answer, file: Path, headers: dict[str, str]) -> Response:
    response = FileResponse(file, answer.status, {**headers, "content-type": _type(answer)}, stat_result=file.stat())
    return _unless_known(request, answer, response)


def _unless_known(request: Request, answer: Answer, response: Response) -> Response:
    unchanged = CONDITIONS.is_not_modified(response.headers, request.headers)
    return NotModifiedResponse(response.headers) if unchanged and answer.status == 200 else response


def _type(answer: Answer) -> str:
    return media_type(PurePath(answer.path or ""))


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
