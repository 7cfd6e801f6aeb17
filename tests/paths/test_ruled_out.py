"""What callers give, ask before, try before and refuse decides whether an error is met."""

from tests.paths.shop import ORDERS, app, told


def test_a_call_that_runs_only_for_an_argument_is_none_of_those_who_leave_it_out() -> None:
    routes = """
@app.post("/note/<name>")
def note(name):
    change(name, note=name)

@app.post("/name/<name>")
def name(name):
    change(name, name)

@app.post("/passed/<name>")
def passed(name):
    through(name, name=name)

@app.post("/left/<name>")
def left(name):
    through(name)
"""
    assert set(told({**app(routes), "shop/orders.py": ORDERS})) == {"name", "passed"}


def test_what_comes_after_an_early_return_is_met_only_by_those_who_do_not_ask_for_it() -> None:
    routes = """
@app.post("/inline/<name>")
def inline(name):
    render(name, inline=True)

@app.post("/file/<name>")
def file(name):
    render(name)
"""
    assert set(told({**app(routes), "shop/orders.py": ORDERS})) == {"file"}


def test_one_part_of_a_condition_that_nobody_gives_rules_out_all_of_it() -> None:
    routes = """
@app.post("/login/<name>")
def login(name):
    owned(login=name)

@app.post("/uid/<name>")
def uid(name):
    owned(uid=name)
"""
    assert set(told({**app(routes), "shop/orders.py": ORDERS})) == {"uid"}


CANCEL = """
class Late(Exception):
    pass

class Order:
    def can_cancel(self):
        return self.open

def cancel(order):
    if not order.can_cancel():
        raise Late(order)

def parse(text):
    if text in WRONG:
        raise Late(text)
    return text
"""


def test_what_a_caller_asks_or_tries_before_is_not_met_again() -> None:
    routes = """
@app.post("/ask/<key>")
def ask(key):
    order = find(key)
    if order.can_cancel():
        cancel(order)

@app.post("/dare/<key>")
def dare(key):
    cancel(find(key))

@app.post("/twice/<text>")
def twice(text):
    try:
        parse(text)
    except Late:
        return "", 400
    return parse(text)

@app.post("/once/<text>")
def once(text):
    return parse(text)
"""
    assert set(told({**app(routes), "shop/orders.py": CANCEL})) == {"dare", "once"}


def test_what_the_code_names_itself_is_none_of_those_it_does_not_know() -> None:
    settings = """
class Late(Exception):
    pass

def setting(name, needed=True):
    if name in KNOWN:
        return KNOWN[name]
    raise Late(name)

def is_on(name):
    return setting(name) == "on"
"""
    routes = """
@app.get("/title")
def title():
    return setting("title")

@app.get("/on")
def on():
    return is_on("dark")

@app.get("/any/<name>")
def any_of_them(name):
    return is_on(name)
"""
    assert set(told({**app(routes), "shop/orders.py": settings})) == {"any_of_them"}


def test_what_a_caller_refuses_and_what_a_context_ends_is_not_met_below() -> None:
    units = """
class Late(Exception):
    pass

def factor(unit):
    if unit == "kg":
        return 1
    raise ValueError(f"unknown unit {unit}")

def fail(name):
    if name in LOST:
        raise Late(name)

class Notes:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace) -> bool:
        if isinstance(error, Late):
            return True
        return False

class Watches:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace) -> None:
        print(isinstance(error, Late))
"""
    routes = """
@app.post("/known/<unit>")
def known(unit):
    if unit not in ("kg",):
        raise NotFound(unit)
    return factor(unit)

@app.post("/any/<unit>")
def any_unit(unit):
    return factor(unit)

@app.post("/noted/<name>")
def noted(name):
    with Notes():
        fail(name)

@app.post("/watched/<name>")
def watched(name):
    with Watches():
        fail(name)
"""
    files = {**app(routes.replace("NotFound", "werkzeug.exceptions.NotFound")), "shop/orders.py": units}
    files["shop/app.py"] = f"import werkzeug.exceptions\n{files['shop/app.py']}"
    assert set(told(files)) == {"any_unit", "watched"}


def test_a_key_that_a_condition_behind_it_asks_for_is_there_and_rows_are_no_input() -> None:
    routes = """
@app.post("/asked")
def asked():
    data = request.get_json()
    return parse(data["at"]) if data.get("at") else None

@app.post("/bare")
def bare():
    data = request.get_json()
    return parse(data["at"])
"""
    assert set(told({**app(routes), "shop/orders.py": "def parse(text):\n    return text\n"})) == {"bare"}
