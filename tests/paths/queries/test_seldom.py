"""Turns that have to ask one by one, or come so seldom that nobody would mend them."""

from auditor.model.finding import Confidence
from tests.paths.queries.test_sureness import TABLES, of_units, sureness


def test_what_is_said_about_a_table_itself_is_no_question_about_rows() -> None:
    code = "\ndef drop(session: Session, names):\n    for name in names:\n        session.execute(text(f'DROP TABLE {name}'))\n"
    assert sureness("from sqlalchemy import text\n" + code, before=TABLES) == []


def test_a_loop_that_goes_from_table_to_table_asks_each_on_its_own() -> None:
    code = """
from sqlalchemy import delete

def forget(session: Session, tables, key):
    for table in tables:
        session.execute(delete(table).where(table.owner == key))
    for each in tables:
        session.execute(each.delete())
"""
    assert set(sureness(code, before=TABLES)) <= {Confidence.LOW}
    by_row = "def forget(keys):\n    for key in keys:\n        print(Order.objects.filter(customer=key).first())\n"
    assert sureness(by_row) == [Confidence.MEDIUM]


def test_who_counts_without_an_end_asks_until_there_is_enough() -> None:
    loop = "    for number in itertools.count():\n        print(Order.objects.get(pk=key + number))\n"
    code = f"import itertools\n\ndef free(key):\n{loop}"
    assert set(sureness(code)) <= {Confidence.LOW}


def test_a_method_that_reads_its_own_row_anew_has_to_ask() -> None:
    code = """
class Job(models.Model):
    state = models.TextField()

    def refresh_from_db(self):
        print(Job.objects.get(pk=self.pk))

def renew():
    for job in Job.objects.all():
        job.refresh_from_db()
"""
    assert set(sureness(code)) <= {Confidence.LOW}


def test_what_a_turn_hands_on_has_to_be_sent() -> None:
    assert of_units("        session.add(Order(id=row))\n        session.flush()\n        yield row\n") == [Confidence.LOW]


def test_a_function_of_many_calls_is_a_piece_of_work_for_each_row() -> None:
    work = "".join(f"    print(order.number, {number})\n" for number in range(31))
    each = "\ndef all_of():\n    for order in Order.objects.all():\n        settle(order)\n"
    code = "\ndef settle(order):\n    print(Order.objects.get(pk=order.pk))\n{}" + each
    assert sureness(code.format("")) == [Confidence.MEDIUM]
    assert sureness(code.format(work)) == [Confidence.LOW]


def test_a_command_that_mends_rows_once_or_takes_others_over_is_in_doubt() -> None:
    code = "\ndef names(keys):\n    return [find(key) for key in keys]\n"
    assert sureness(code, "shop/management/commands/shop_fix_names.py") == [Confidence.LOW]
    assert sureness(code, "shop/importers/other.py") == [Confidence.LOW]
    assert sureness(code, "shop/management/commands/remind.py") == [Confidence.MEDIUM]


def test_where_something_failed_turns_seldom_come() -> None:
    code = """
def renew():
    for order in Order.objects.all():
        try:
            order.renew()
        except {}:
            print(order.customer.name)
"""
    assert sureness(code.replace("{}", "OSError")) == [Confidence.LOW]
    assert sureness(code.replace("{}", "Order.DoesNotExist")) == [Confidence.HIGH]


def test_what_was_sent_is_written_down_before_the_next() -> None:
    turn = "        {}(order)\n        order.reminded = True\n        order.save()\n"
    turn = "def remind():\n    for order in Order.objects.all():\n" + turn
    assert sureness(turn.replace("{}", "mail.send")) == [Confidence.LOW]
    assert sureness(turn.replace("{}", "print")) == [Confidence.HIGH]


def test_who_goes_through_statements_says_another_each_turn() -> None:
    code = "\ndef say(session: Session, statements):\n    for statement in statements:\n        session.execute({})\n"
    assert sureness(code.replace("{}", "statement"), before=TABLES) == [Confidence.LOW]
    assert sureness(code.replace("{}", "select(Order).where(Order.id == statement)"), before=TABLES) == [Confidence.MEDIUM]


def test_what_comes_out_of_a_store_may_have_been_loaded_before() -> None:
    code = """
from django.core.cache import cache

def load():
    return list(Order.objects.select_related("customer"))

def orders():
    return cache.get_or_set("orders", load)

def names():
    return [order.customer.name for order in orders()]

def told(rows: list[Order]):
    return [order.customer.name for order in rows]

def kept():
    return told(orders())
"""
    assert set(sureness(code)) <= {Confidence.LOW}


def test_from_parent_to_parent_there_are_as_many_as_a_tree_is_deep() -> None:
    code = """
class Page(models.Model):
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE)

    def above(self):
        page, found = self.parent, []
        while page is not None:
            found.append(page.pk)
            page = page.parent
        return found
"""
    assert set(sureness(code)) <= {Confidence.LOW}
