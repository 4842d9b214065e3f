"""Only public addresses are asked: a spreadsheet must not make the machine that builds look into its own network.

The check happens where the connection is opened and the connection goes to the very address that was checked, so that
neither a redirect nor a name that changes its mind can lead elsewhere.
"""

from __future__ import annotations

import socket
from collections.abc import Container, Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

import httpcore
import httpx

Address = IPv4Address | IPv6Address

_REFUSED: Final = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",  # IETF protocol assignments (RFC 6890); Oracle's metadata service is at 192.0.0.192
            "168.63.129.16/32",  # Azure's host agent
            "192.88.99.0/24",  # 6to4 relays (RFC 7526)
            "64:ff9b:1::/48",  # a network's own translation (RFC 8215)
            "fec0::/10",  # site-local (RFC 3879)
            "3fff::/20",  # documentation (RFC 9637)
            "5f00::/16",  # segment routing (RFC 9602)
        ),
    )
)
"""What `ipaddress` of some Python releases takes as global."""
_EMBEDS_LAST: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"), IPv6Network("::ffff:0:0:0/96"))
"""IPv6 networks whose last 32 bits are an IPv4 address that a gateway reaches (RFC 6052, 4291, 2765)."""


class NotPublicError(Exception):
    """A host has an address that is not public."""


def is_public(address: Address) -> bool:
    """Whether `address`, and any IPv4 address inside it, is one of the public internet."""
    if isinstance(address, IPv6Address):
        inner = _embedded(address)
        if inner:
            return all(map(is_public, inner))
    if address.is_multicast or any(address in network for network in _REFUSED if network.version == address.version):
        return False
    return address.is_global


def _embedded(address: IPv6Address) -> list[IPv4Address]:
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address.sixtofour:
        return [address.sixtofour]
    if address.teredo:
        return list(address.teredo)
    if any(address in network for network in _EMBEDS_LAST):
        return [IPv4Address(address.packed[-4:])]
    return []


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to public addresses; `trusted` names others that may be asked as well (for tests)."""

    def __init__(self, trusted: Container[str] = ()) -> None:
        self._trusted = trusted
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._checked(host, port):
            try:
                return self._plain.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        raise NotPublicError(path)

    def _checked(self, host: str, port: int) -> list[str]:
        """Every address of `host`; raises `NotPublicError` if a single one is not public."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} is not known") from error
        addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
        for text in addresses:
            if text not in self._trusted and not is_public(ip_address(text)):
                raise NotPublicError(f"{host} is {text}")
        return addresses


class GuardedTransport(httpx.BaseTransport):
    """httpx over a pool of guarded connections. Proxy settings are not heeded: a proxy would look names up itself."""

    def __init__(self, trusted: Container[str] = (), connections: int = 8) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=5.0,
            network_backend=GuardedBackend(trusted),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
