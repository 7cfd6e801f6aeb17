"""An error that is caught and then forgotten."""

from collections.abc import Iterator

import libcst as cst

from auditor.rule import Confidence, Finding, NodeRule, Region, Severity, children
from auditor.rule.around import falls_back
from auditor.rule.handler import SCREEN, AnyHandler, Fate, broad, caught, failures, fate, named_types
from auditor.rule.names import last_name
from auditor.rule.tidy import is_expected, is_tidy

CLOSED = (cst.FunctionDef, cst.ClassDef, cst.Lambda)
LOOPS = (cst.For, cst.While)
ANSWERS = ("IntegrityError", "ProgrammingError", "ConnectionRefusedError", "gaierror", "herror")
BROAD = {"caught": "everything"}


class SwallowedException(NodeRule[cst.ExceptHandler | cst.ExceptStarHandler | cst.Finally | cst.With]):
    """
    When everything is caught and nothing becomes of it, a bug looks like an
    empty answer, and the first to learn of it is a customer. Catch the type
    you expect, log with the traceback, or let the error go on.
    """

    title = "error swallowed"
    severity = Severity.MEDIUM
    cwe = (390, 391)
    screen = rf"(?s){SCREEN}|finally\b.*?\b(?:return|break|continue)\b|(?:async\s+)?with\b[^:]*\bsuppress\s*\("
    bad = [
        "def f():\n    try:\n        x = all()\n    except Exception:  # <-\n        x = []\n    return jsonify(x)\n",
        """
        try:
            send_invoice(order)
        except Exception:  # <-
            pass
        """,
        """
        def balance(account):
            try:
                return ledger.read(account)
            except:  # <-
                return 0
        """,
        """
        def sync(db, rows):
            failed = 0
            for row in rows:
                try:
                    db.merge(row)
                except (ValueError, Exception):  # <-
                    db.rollback()
                    failed += 1
                    continue
        """,
        """
        import requests

        def rate(currency):
            try:
                answer = requests.get(f"https://rates.test/{currency}", timeout=3)
            except requests.RequestException:  # <-
                return None
            return answer
        """,
        "from tenacity import RetryError\n\ntry:\n    ask()\nexcept RetryError:  # <-\n    pass\n",
        """
        from sqlalchemy.exc import SQLAlchemyError as DbError

        def store(session, row):
            try:
                session.add(row)
                session.commit()
            except DbError as error:  # <-
                session.rollback()
                return False
            return True
        """,
        """
        def first(rows, name):
            for row in rows:
                try:
                    if row[0] == name:
                        return parse(row)
                except Exception:  # <-
                    pass
        """,
        """
        def forget(export):
            try:
                export.file.close()
                export.delete()
            except Exception:  # <-
                pass
        """,
        """
        import socket
        def tell(host, line):
            try:
                socket.create_connection((host, 2003), timeout=1).sendall(line)
            except OSError:  # <-
                pass
        """,
        """
        from contextlib import suppress

        def close(order):
            with suppress(Exception):  # <-
                order.archive()
        """,
        "import smtplib\nfrom contextlib import suppress\n\ndef tell(to, text):\n    with suppress(OSError):  # <-\n"
        "        smtplib.SMTP('mail', timeout=10).sendmail('shop@example.org', [to], text)\n",
        """
        def read(path):
            handle = open(path)
            try:
                return parse(handle)
            finally:
                handle.close()
                return None  # <-
        """,
    ]
    good = [
        "try:\n    value = table[key]\nexcept KeyError:\n    value = None\n",
        "try:\n    import uvloop\nexcept ImportError:\n    uvloop = None\n",
        """
        try:
            send_invoice(order)
        except Exception:
            logger.exception("invoice of %s was not sent", order.id)
        """,
        """
        def show(request):
            try:
                return render(request, "page.html", {"order": find(request)})
            except Exception:
                return HttpResponse("try again later", status=503)
        """,
        """
        async def greet(link):
            try:
                await welcome(link)
            except Exception:
                await link.close(code=1011, reason="try again later")
                return None
        """,
        """
        def check(order):
            try:
                validate(order)
            except Exception as error:
                return error
        """,
        """
        from sqlalchemy.exc import NoResultFound

        def user(query):
            try:
                return query.one()
            except NoResultFound:
                return None
        """,
        """
        import requests

        def fetch(url):
            for pause in (1, 2, 4):
                try:
                    return requests.get(url, timeout=3)
                except requests.ConnectionError:
                    time.sleep(pause)
            raise Unreachable(url)
        """,
        """
        import socket

        def hang_up(link):
            try:
                link.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        """,
        """
        import aiohttp

        async def try_to_connect(account, errors):
            try:
                await account.login()
            except aiohttp.ServerTimeoutError:
                return {"base": "timeout_connect"}
            except aiohttp.ClientError:
                errors["base"] = "cannot_connect"
        """,
        """
        import socket

        def address():
            name = socket.getfqdn()
            try:
                return socket.gethostbyname(name)
            except socket.gaierror:
                return name
        """,
        """
        def drain(queue):
            try:
                work(queue)
            finally:
                for item in queue:
                    if item.last:
                        break
                    item.drop()
        """,
        "def f(x):\n    try:\n        check(x)\n    except Exception:\n        return {'error': _('Cannot be checked now')}\n",
        """
        def begin(cursor, result):
            try:
                cursor.execute("INSERT INTO loads (done) VALUES (false)")
            except Exception:
                result["message"] = _("Unable to begin")
            return result
        """,
        "import asyncio\nfrom contextlib import suppress\n\nasync def stop(task):\n    task.cancel()\n"
        "    with suppress(asyncio.CancelledError):\n        await task\n",
        "import smtplib\nfrom contextlib import suppress\n\ndef forget(it):\n    with suppress(OSError):\n        it.unlink()\n",
    ]

    def check(
        self, node: cst.ExceptHandler | cst.ExceptStarHandler | cst.Finally | cst.With, region: Region
    ) -> Iterator[Finding]:
        if isinstance(node, cst.Finally):
            yield from self._leaving(node, region)
        elif isinstance(node, cst.With):
            yield from self._suppressing(node, region)
        else:
            yield from self._handler(node, region)

    def _handler(self, handler: AnyHandler, region: Region) -> Iterator[Finding]:
        types = caught(handler, region)
        everything = broad(types)
        failed = () if everything else failures(types, handler, region)
        if not (everything or failed) or fate(handler, region) is not Fate.SWALLOWED:
            return
        if failed and falls_back(handler, region):
            return
        if everything:
            yield self.finding(
                region.location(handler),
                f"{everything} forgets every error, bugs included: no log says it happened and no caller can tell",
                severity=Severity.MEDIUM if everything == "`except Exception`" else Severity.HIGH,
                confidence=Confidence.LOW if is_expected(handler, region, narrow=False) else Confidence.HIGH,
                facts=BROAD,
            )
        else:
            yield self.finding(
                region.location(handler),
                f"a failed call ({', '.join(failed)}) is forgotten here: the caller goes on as if all were well, "
                "and no log says why the result is missing",
                confidence=Confidence.LOW if is_expected(handler, region, narrow=True) else _confidence(failed),
            )

    def _suppressing(self, statement: cst.With, region: Region) -> Iterator[Finding]:
        for item in statement.items:
            call = item.item
            if not isinstance(call, cst.Call) or region.name(call.func) not in ("contextlib.suppress", "suppress"):
                continue
            types = tuple(name for arg in call.args for name in named_types(arg.value, region))
            everything = broad(types)
            if everything or failures(types, statement, region):
                what = "every error" if everything else "the failure of a call"
                block = region.twin(statement)
                body = block.child_by_field_name("body") if block is not None else None
                tidy = body is not None and is_tidy(body, region)
                yield self.finding(
                    region.location(call),
                    f"`{last_name(call)}({', '.join(types)})` forgets {what}: no log says it happened and no caller can tell",
                    confidence=Confidence.LOW if tidy else Confidence.HIGH if everything else _confidence(types),
                    facts=BROAD if everything else {},
                )

    def _leaving(self, block: cst.Finally, region: Region) -> Iterator[Finding]:
        waiting: list[tuple[cst.CSTNode, bool]] = [(block.body, False)]
        while waiting:
            node, looped = waiting.pop()
            leaves = isinstance(node, cst.Return) or (isinstance(node, cst.Break | cst.Continue) and not looped)
            if leaves:
                word = type(node).__name__.lower()
                yield self.finding(
                    region.location(node),
                    f"`{word}` in `finally` throws away any error on its way out: the caller sees success",
                )
            elif not isinstance(node, CLOSED):
                for child in children(node):
                    inside = looped or (isinstance(node, LOOPS) and child is node.body)
                    waiting.append((child, inside))


def _confidence(failed: tuple[str, ...]) -> Confidence:
    """Often the expected answer: a row that somebody else stored first, a table before its migration, an unknown name."""
    return Confidence.LOW if all(name.endswith(ANSWERS) for name in failed) else Confidence.HIGH
