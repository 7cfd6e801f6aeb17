"""Sockets that wait to be asked, and clients whose wait is told to whoever makes one of a class."""

import pytest

from tests.paths.projects import project

BEACON = """
import socket

class Beacon:
    def open(self):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind(("", 4100))
        self.sock = sock

    def run(self):
        while True:
            question, sender = self.sock.recvfrom(1024)
            self.sock.sendto(b"here", sender)
"""
SEEKER = """
import socket

def find(address):
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.bind(("", 0))
    sock.connect(address)
    return sock.recv(1024)
"""


@pytest.mark.parametrize(("code", "waits"), [(BEACON, set()), (SEEKER, {"sock.connect"})])
def test_a_bound_socket_that_asked_nothing_waits_as_a_server_does(code: str, waits: set[str]) -> None:
    assert {one.edge.call.target for one in project({"shop/beacon.py": code}).outbound.unbounded} == waits


PINNED = """
from http.client import HTTPSConnection

class Pinned(HTTPSConnection):
    def connect(self):
        super().connect()

def read(host):
    connection = HTTPSConnection(host)
    connection.request("GET", "/")
"""


def test_what_a_class_asks_of_its_base_waits_as_whoever_makes_one_says() -> None:
    found = project({"shop/pinned.py": PINNED}).outbound
    assert {one.edge.call.target: one.bounded for one in found.all} == {"super().connect": None, "connection.request": False}
