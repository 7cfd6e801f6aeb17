"""Templates of Django and Jinja as trees."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.paths.templates.parse import parse
from auditor.paths.templates.parts import Block, Bound, Called, Extends, Import, Include, Loop, Macro, Part, Read

PIECES = """
{% for o in orders %}|{% endfor %}|{% with a=o.b %}|{% endwith %}|{% set x = o.y %}|{% include 'a.html' %}|{{ o.customer.name }}
{% extends "b.html" %}|{% show o.b %}
{% block a %}|{% endblock %}|{% macro m(x) %}|{% endmacro %}|{{ m(o.b) }}|{% import 'c.html' as c %}
{% if o.paid %}|{% endif %}|{% comment %}|{% endcomment %}|{% for|%}|{{|text
""".split("|")


def chains(parts: tuple[Part, ...]) -> list[str]:
    """What is read anywhere in the parts."""
    found = []
    for part in parts:
        if isinstance(part, Read):
            found.append(part.chain)
        elif isinstance(part, Loop | Bound | Block | Macro):
            found += chains(part.body)
    return found


def test_a_loop_holds_what_stands_between_its_tags() -> None:
    text = "{% for order in orders %}\n{{ order.customer.name|upper }}{% endfor %}{{ orders.total }}"
    assert parse(text) == (
        Loop(("order",), "orders", 1, (Read("order.customer.name", 2), Called("upper", ("order.customer.name",), (), 2, True))),
        Read("orders.total", 2),
    )


def test_calls_filters_and_strings_are_left_out() -> None:
    text = "{% for line in order.lines.filter(open=True).all() | list %}{{ _('a.b') ~ line.price(line.tax.rate) }}{% endfor %}"
    loop = parse(text)[1]
    assert isinstance(loop, Loop)
    assert loop.source == "order.lines.filter.all"
    assert [part.chain for part in loop.body if isinstance(part, Read)] == ["line.price", "line.tax.rate"]


def test_names_are_bound_by_with_and_set() -> None:
    django = parse("{% with buyer=order.customer %}{{ buyer.name }}{% endwith %}{{ other.name }}")
    assert Bound("buyer", "order.customer", 1, (Read("buyer.name", 1),)) in django
    assert Read("other.name", 1) in django
    jinja = parse("{% set buyer = order.customer %}{{ buyer.name }}")
    assert jinja == (Bound("buyer", "order.customer", 1, (Read("buyer.name", 1),)),)


def test_an_include_says_what_it_is_given() -> None:
    (row,) = parse('{% include "shop/row.html" with one=order.customer only %}')
    assert row == Include("shop/row.html", (("one", "order.customer"),), True, 1)


def test_what_is_commented_out_quoted_or_cached_is_not_read() -> None:
    text = "{# a.b #}{% comment %}{{ a.b }}{% endcomment %}{% raw %}{{ a.b }}{% endraw %}{% cache 60 x %}{{ a.b }}{% endcache %}"
    assert parse(text) == ()


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert all(isinstance(chain, str) for chain in chains(parse(text)))


def test_loops_that_never_end_are_read_as_far_as_they_go() -> None:
    assert "o.customer.name" in chains(parse("{% for o in orders %}" * 500 + "{{ o.customer.name }}"))


def test_frames_macros_and_tags_of_the_project_are_told_apart() -> None:
    text = """{% extends "base.html" %}{% from 'rows.html' import row as line, cell %}{% import "forms.html" as forms %}
{% block main %}{{ line(order.customer, open=order.paid) }}{{ forms.field(order) }}{% show order 5 as shown %}{% endblock %}"""
    assert parse(text) == (
        Extends("base.html", 1),
        Import("rows.html", "", (("line", "row"), ("cell", "cell")), 1),
        Import("forms.html", "forms", (), 1),
        Block(
            "main",
            2,
            (
                Read("order.customer", 2),
                Read("order.paid", 2),
                Called("line", ("order.customer",), (("open", "order.paid"),), 2),
                Read("forms.field", 2),
                Called("forms.field", ("order",), (), 2),
                Called("show", ("order", ""), (), 2, True),
            ),
        ),
    )
    (macro,) = parse("{% macro row(order, open=true) %}{{ order.customer.name }}{% endmacro %}")
    assert macro == Macro("row", ("order", "open"), 1, (Read("order.customer.name", 1),))
