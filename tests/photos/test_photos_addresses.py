"""Which addresses may be asked, and that the very address that was checked is the one that is asked."""

from __future__ import annotations

import socket
from ipaddress import ip_address

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.photos.addresses import GuardedBackend, NotPublicError, is_public

# IANA's registries of special-purpose addresses, and the metadata services of the large clouds.
PRIVATE = [
    "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
    "168.63.129.16", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1",
    "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:10.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::", "3fff::1",
    "fc00::1", "fd00:ec2::254", "fd20:ce::254", "fe80::1", "fec0::1", "ff02::1", "2001:0:7f00:1::",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "192.0.1.1", "2606:4700:4700::1111", "64:ff9b::808:808"]


@pytest.mark.parametrize("text", PRIVATE)
def test_an_address_that_is_not_of_the_public_internet_is_refused(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_a_public_address_is_allowed(text: str) -> None:
    assert is_public(ip_address(text))


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_as_public_as_it_is(inner: object) -> None:
    for wrapped in (f"::ffff:{inner}", f"64:ff9b::{inner}"):
        assert is_public(ip_address(wrapped)) == is_public(ip_address(str(inner)))


def _names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
    """Names lead to one list of addresses after the other."""
    waiting = list(answers)

    def getaddrinfo(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, port)) for text in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def _connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    opened: list[str] = []

    def connect(self: object, host: str, *_: object) -> httpcore.NetworkStream:
        opened.append(host)
        return httpcore.MockStream([])

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return opened


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is checked and private a moment later (DNS rebinding) gains nothing."""
    _names(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    opened = _connections(monkeypatch)
    backend = GuardedBackend()
    backend.connect_tcp("photos.example", 80)
    with pytest.raises(NotPublicError, match=r"127\.0\.0\.1"):
        backend.connect_tcp("photos.example", 80)
    assert opened == ["8.8.8.8"]


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _names(monkeypatch, ["8.8.8.8", "10.0.0.1"])
    opened = _connections(monkeypatch)
    with pytest.raises(NotPublicError):
        GuardedBackend().connect_tcp("photos.example", 443)
    assert opened == []


def test_the_next_address_is_tried_when_the_first_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    _names(monkeypatch, ["8.8.8.8", "8.8.4.4"])
    opened: list[str] = []

    def connect(self: object, host: str, *_: object) -> httpcore.NetworkStream:
        opened.append(host)
        if host == "8.8.8.8":
            raise httpcore.ConnectError("refused")
        return httpcore.MockStream([])

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    GuardedBackend().connect_tcp("photos.example", 443)
    assert opened == ["8.8.8.8", "8.8.4.4"]


def test_a_socket_of_this_machine_is_never_opened() -> None:
    with pytest.raises(NotPublicError):
        GuardedBackend().connect_unix_socket("/var/run/docker.sock")
