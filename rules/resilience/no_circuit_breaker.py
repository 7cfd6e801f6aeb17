"""Outside services whose failure spreads to whoever calls them."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Project, ProjectRule, Severity


class NoCircuitBreaker(ProjectRule):
    """
    When a service is down, every request that needs it waits for the failure anew, until nothing else is served either. A
    circuit breaker answers at once after some failures; a bounded retry with growing pauses gets over short ones.
    """

    title = "outside service without a circuit breaker"
    severity = Severity.MEDIUM
    confidence = Confidence.MEDIUM
    cwe = (1088,)
    bad = [
        """
        # file: shop/gateway.py
        import requests

        def charge(order):
            return requests.post("https://pay.example/charges", json=order, timeout=3)  # <-

        def refund(order):
            return requests.post("https://pay.example/refunds", json=order, timeout=3)
        # file: shop/views.py
        from flask import Flask

        from shop.gateway import charge, refund

        app = Flask(__name__)

        @app.post("/orders/<key>/pay")
        def pay(key):
            return charge({"order": key}).json()

        @app.post("/orders/<key>/refund")
        def give_back(key):
            return refund({"order": key}).json()
        """,
        """
        import requests
        import tenacity
        from fastapi import FastAPI

        app = FastAPI()

        @tenacity.retry
        def rates():
            return requests.get("https://rates.example/today", timeout=3).json()  # <-

        @app.get("/rates")
        def show():
            return rates()
        """,
    ]
    bad += [
        """
        import requests
        from flask import Flask
        from requests.adapters import HTTPAdapter
        from urllib3.util.retry import Retry

        app = Flask(__name__)

        def patient():
            session = requests.Session()
            session.mount("https://", HTTPAdapter(max_retries=Retry(total=4, backoff_factor=0.5)))
            return session

        class Patient(requests.Session):
            def __init__(self):
                super().__init__()
                self.mount("https://", HTTPAdapter(max_retries=Retry(total=4, backoff_factor=0.5)))

        def mend(session):
            session.mount("https://", HTTPAdapter(max_retries=Retry(total=4, backoff_factor=0.5)))

        class Client:
            def __init__(self):
                self.session = requests.Session()

            def quote(self):
                return self.session.get("https://courier.example/quote", timeout=3)  # <-

        @app.get("/quote")
        def quote():
            return Client().quote().json()
        """,
    ]
    good = [
        """
        import requests
        from flask import Flask
        from requests.adapters import HTTPAdapter
        from urllib3.util.retry import Retry

        app = Flask(__name__)

        def patient():
            session = requests.Session()
            session.mount("https://", HTTPAdapter(max_retries=Retry(total=4, backoff_factor=0.5)))
            return session

        class Patient(requests.Session):
            def __init__(self):
                super().__init__()
                self.mount("https://", HTTPAdapter(max_retries=Retry(total=4, backoff_factor=0.5)))

        def mend(session):
            session.mount("https://", HTTPAdapter(max_retries=Retry(total=4, backoff_factor=0.5)))

        class Client:
            def __init__(self):
                self.session = patient()
                self.other = Patient()
                self.third = requests.Session()
                mend(self.third)

            def quote(self):
                return self.session.get("https://courier.example/quote", timeout=3)

            def offer(self):
                return self.other.get("https://offers.example/today", timeout=3)

            def rate(self):
                return self.third.get("https://rates.example/today", timeout=3)

        @app.get("/quote")
        def quote():
            client = Client()
            return [client.quote().json(), client.offer().json(), client.rate().json()]
        """,
        """
        import requests
        from celery import shared_task

        @shared_task(bind=True, max_retries=3)
        def announce(self, key):
            try:
                requests.post("https://chat.example/hooks", json={"key": key}, timeout=5)
            except requests.RequestException as error:
                raise self.retry(exc=error, countdown=2**self.request.retries)
        """,
        """
        import requests
        from flask import Flask

        app = Flask(__name__)

        class CircuitOpen(Exception):
            pass

        class CircuitBreaker:
            def __init__(self, name):
                self.failures = 0

            def __call__(self, function):
                def guarded(*args):
                    if self.failures > 3:
                        raise CircuitOpen()
                    return function(*args)
                return guarded

        payments = CircuitBreaker("payments")

        @payments
        def charge(order):
            return requests.post("https://pay.example/charges", json=order, timeout=3)

        @app.post("/orders/<key>/pay")
        def pay(key):
            return charge({"order": key}).json()
        """,
        """
        import pybreaker
        import requests
        from flask import Flask

        app = Flask(__name__)
        payments = pybreaker.CircuitBreaker(fail_max=5)

        @payments
        def charge(order):
            return requests.post("https://pay.example/charges", json=order, timeout=3)

        @app.post("/orders/<key>/pay")
        def pay(key):
            return charge({"order": key}).json()
        """,
        """
        import requests
        from fastapi import FastAPI
        from tenacity import retry, stop_after_attempt, wait_exponential

        app = FastAPI()

        @retry(stop=stop_after_attempt(3), wait=wait_exponential())
        def rates():
            return requests.get("https://rates.example/today", timeout=3).json()

        @app.get("/rates")
        def show():
            return rates()
        """,
        """
        import click
        import requests

        @click.command()
        def rates():
            click.echo(requests.get("https://rates.example/today", timeout=3).text)
        """,
    ]
    bad += [
        """
        import requests
        from celery import shared_task

        @shared_task(bind=True)
        def report(self, key):
            try:
                requests.post("https://reports.example/in", json={"key": key}, timeout=3)  # <-
            except requests.RequestException as error:
                raise self.retry(exc=error, countdown=60)
        """,
    ]
    good += [
        """
        import time

        import requests
        from celery import shared_task
        from flask import Flask

        app = Flask(__name__)
        PAUSES = [5, 30, 300]

        @shared_task(bind=True)
        def report(self, key):
            try:
                requests.post("https://reports.example/in", json={"key": key}, timeout=3)
            except requests.RequestException as error:
                raise self.retry(exc=error, countdown=2**self.request.retries)

        @shared_task
        def announce(key, tries=0):
            answer = requests.post("https://hooks.example/in", json={"key": key}, timeout=3)
            if not answer.ok and tries < len(PAUSES):
                announce.apply_async(args=(key, tries + 1), countdown=PAUSES[tries])

        @app.get("/rates")
        def rates():
            attempts = 0
            while attempts < 3:
                try:
                    return requests.get("https://rates.example/today", timeout=3).json()
                except requests.RequestException:
                    attempts += 1
                    time.sleep(2**attempts)
            return {}
        """,
        """
        import requests
        from flask import Flask

        app = Flask(__name__)
        FAILED = set()

        class Wary(requests.Session):
            def request(self, method, url, **options):
                if self.is_unresponsive(url):
                    raise requests.Timeout("failed lately")
                try:
                    return super().request(method, url, timeout=3, **options)
                except requests.Timeout:
                    FAILED.add(url)
                    raise

            def is_unresponsive(self, url):
                return url in FAILED

        http = Wary()

        @app.get("/rates")
        def rates():
            return http.get("https://rates.example/today").json()
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for one in project.services.exposed():
            service = f"another machine (by {one.service})" if " in " in one.service else one.service
            message = f"{one.entry.label} reaches {service} with no circuit breaker and no bounded retry on the way"
            if one.guarded_elsewhere:
                message += "; another way to it is guarded"
            sure = Confidence.LOW if one.doubtful else self.confidence
            yield self.finding(one.call.location, message, confidence=sure, path=one.path, facts={"service": one.service})
