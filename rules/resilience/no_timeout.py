"""Calls of other machines that may wait for ever."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Project, ProjectRule, Severity


class NoTimeout(ProjectRule):
    """
    A service that accepts the connection and never answers holds the worker that called it, and soon all of them. Give
    every call a timeout, or configure the client once so that all of its calls have one.
    """

    title = "call of another machine without a timeout"
    severity = Severity.MEDIUM
    cwe = (1088,)
    bad = [
        """
        import aiohttp

        async def rates():
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
                async with session.get("https://rates.example/today") as answer:  # <-
                    return await answer.json()
        """,
        """
        import requests

        def charge(order):
            return requests.post("https://pay.example/charges", json=order)  # <-
        """,
        """
        import requests

        class Rates:
            def __init__(self):
                self.session = requests.Session()

            def today(self):
                return self.session.get("https://rates.example/today", timeout=None)  # <-
        """,
        """
        from smtplib import SMTP

        def send(message):
            with SMTP("mail.example") as server:  # <-
                server.send_message(message)
        """,
        """
        # file: shop/clients.py
        from requests import Session as Http

        http = Http()
        # file: shop/stock.py
        from shop.clients import http

        def level(sku):
            return http.get(f"https://stock.example/{sku}").json()  # <-
        """,
    ]
    good = [
        "import socket\n\nclass Bus:\n    def open(self):\n        self.sock = socket.socket()\n"
        "        self.sock.setblocking(False)\n\n    def read(self):\n        return self.sock.recv(64)\n",
        """
        import requests

        def charge(order):
            return requests.post("https://pay.example/charges", json=order, timeout=(3, 10))
        """,
        """
        import httpx

        def rates():
            return httpx.get("https://rates.example/today")
        """,
        """
        import requests

        class Patient(requests.Session):
            def request(self, method, url, **kwargs):
                kwargs.setdefault("timeout", 5)
                return super().request(method, url, **kwargs)

        http = Patient()

        def rates():
            return http.get("https://rates.example/today")
        """,
        """
        import requests

        def probe():
            return requests.get("http://127.0.0.1:8080/health")
        """,
        """
        import socket

        def ping():
            with socket.create_connection(("127.0.0.1", 6379)) as cache:
                cache.sendall(b"PING")

        def send(line):
            sock = socket.create_connection(("ledger.example", 9100), 3)
            sock.sendall(line)
        """,
        """
        import socket
        from smtplib import SMTP

        socket.setdefaulttimeout(20)

        def send(message):
            with SMTP("mail.example") as server:
                server.send_message(message)
        """,
    ]

    good += [
        """
        import socket

        import httpx

        def ask_ourselves(app):
            transport = httpx.ASGITransport(app=app)
            return httpx.AsyncClient(transport=transport, timeout=None).get("/health")

        def ask_the_daemon(path):
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            sock.connect(path)
        """,
    ]
    good += [
        """
        import socket

        def check(host):
            for family, kind, protocol, _, address in socket.getaddrinfo(host, 9, socket.AF_UNSPEC, socket.SOCK_DGRAM):
                with socket.socket(family, kind, protocol) as sock:
                    sock.connect(address)
        """,
        """
        import requests

        def ask(url, **kwargs):
            if "timeout" not in kwargs:
                kwargs["timeout"] = 5
            return requests.get(url, **kwargs)

        def rates():
            options = {"verify": True}
            options["timeout"] = 3
            return requests.get("https://rates.example/today", **options)
        """,
    ]
    good += [
        """
        import redis

        connection = redis.Redis(host="cache.example", socket_timeout=2)

        class Kept:
            def __init__(self, connection, key):
                self.connection = connection
                self.key = key

            def get(self):
                return self.connection.get(self.key)

        def position(key):
            return Kept(connection, key).get()
        """,
    ]
    bad += [
        """
        # file: shop/stock.py
        import grpc

        from shop.protocol import stock_pb2, stock_pb2_grpc

        class Stock:
            def __init__(self, address):
                self.stub = stock_pb2_grpc.StockStub(grpc.insecure_channel(address))

            def level(self, sku):
                return self.stub.Level(stock_pb2.Sku(sku=sku))  # <-

            def soon(self, sku):
                return self.stub.Level(stock_pb2.Sku(sku=sku), timeout=3)
        # file: shop/track.py
        import grpc

        class TrackerStub:
            def __init__(self, channel):
                self.Locate = channel.unary_unary("/Tracker/Locate")

        def locate(address, parcel):
            with grpc.insecure_channel(address) as channel:
                return TrackerStub(channel).Locate(parcel)  # <-
        """,
        """
        import socket

        def send(lines):
            sock = socket.create_connection(("ledger.example", 9100))  # <-
            for line in lines:
                sock.sendall(line)

        def read():
            with socket.create_connection(("ledger.example", 9100)) as sock:  # <-
                return sock.recv(16)
        """,
        """
        import requests

        OPTIONS = {"verify": True}

        def rates():
            return requests.get("https://rates.example/today", **OPTIONS)  # <-
        """,
        """
        import requests
        from requests.adapters import HTTPAdapter

        class Patient(HTTPAdapter):
            def send(self, request, **kwargs):
                kwargs.setdefault("timeout", 5)
                return super().send(request, **kwargs)

        def patient():
            session = requests.Session()
            session.mount("https://", Patient())
            return session

        def plain():
            session = requests.Session()
            return session

        def rates():
            return patient().get("https://rates.example/today"), plain().get("https://rates.example/now")  # <-
        """,
    ]
    good += [
        """
        from functools import partial

        import requests

        OPTIONS = {"timeout": 5}
        fetch = partial(requests.get, timeout=5)

        def rates():
            return fetch("https://rates.example/today"), requests.get("https://rates.example/now", **OPTIONS)
        """,
        """
        import requests

        def ask(url, timeout=None, **options):
            return requests.get(url, timeout=timeout, **options)

        def rates():
            return ask("https://rates.example/today", timeout=3)
        """,
        """
        import requests

        class Patient(requests.Session):
            def request(self, method, url, **kwargs):
                kwargs.setdefault("timeout", 5)
                return super().request(method, url, **kwargs)

        def patient() -> requests.Session:
            return Patient()

        def rates():
            return patient().get("https://rates.example/today")
        """,
        """
        import redis

        client = redis.Redis(socket_timeout=2)
        pool = redis.ConnectionPool(socket_timeout=2)
        pooled = redis.Redis(connection_pool=pool)
        other = redis.Redis(connection_pool=redis.BlockingConnectionPool(socket_timeout=2))

        def level(sku):
            return client.get(sku).decode(), pooled.get(sku), other.get(sku)
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for one in project.outbound.unbounded:
            yield self.finding(
                one.location,
                f"{one.edge.name} waits for {one.effect.service or one.service} without an end: if that hangs, so does this",
                confidence=Confidence.HIGH if one.bounded is False else Confidence.LOW,
                facts={"service": one.service},
            )
