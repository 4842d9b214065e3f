"""A real HTTP server on this machine that answers as each test says, and remembers what it was asked."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """One answer; `drip` sends the body in so many pieces with `wait` seconds before each."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: int = 1
    wait: float = 0.0


@dataclass
class PhotoServer:
    """`routes` maps a path to its answer, or to one answer after the other (the last stays)."""

    address: str
    routes: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    busiest: int = 0
    """The most requests that were answered at once."""

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def answers(self, path: str, *answers: Answer) -> str:
        self.routes[path] = list(answers)
        return self.url(path)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def serving(host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[PhotoServer]:
    running = 0
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            nonlocal running
            with lock:
                running += 1
                site.busiest = max(site.busiest, running)
                site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                answers = site.routes.get(self.path, [Answer(status=404)])
                answer = answers.pop(0) if len(answers) > 1 else answers[0]
            try:
                self._send(answer)
            except OSError:
                self.close_connection = True  # the client has gone, as it may
            finally:
                with lock:
                    running -= 1

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            lengths = {} if answer.status == 304 else {"Content-Length": str(len(answer.body))}
            for name, value in (lengths | answer.headers).items():
                if value:
                    self.send_header(name, value)
            if not (lengths | answer.headers).get("Content-Length") and answer.status != 304:
                self.send_header("Connection", "close")
            self.end_headers()
            step = max(1, -(-len(answer.body) // answer.drip))
            for at in range(0, max(1, len(answer.body)), step):
                time.sleep(answer.wait)
                self.wfile.write(answer.body[at : at + step])
                self.wfile.flush()

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site = PhotoServer(f"{'https' if tls else 'http'}://{host}:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
