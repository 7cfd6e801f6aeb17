"""What a task raises to say that it failed, and what has it run again, is no error that was forgotten."""

from tests.paths.projects import project


def _told(text: str) -> dict[str, str]:
    return {one.entry.label: str(one.confidence) for one in project({"shop/jobs.py": text}).unhandled}


def test_a_job_that_runs_again_after_whatever_error_is_none() -> None:
    jobs = """
import requests
from rq import Retry
from rq.decorators import job

@job("high", retry=Retry(max=3))
def notify(url):
    requests.post(url, timeout=3).raise_for_status()

@job("high")
def notify_once(url):
    requests.post(url, timeout=3).raise_for_status()

@job("high", retry=None)
def notify_never_again(url):
    requests.post(url, timeout=3).raise_for_status()
"""
    assert set(_told(jobs)) == {"notify_once", "notify_never_again"}


def test_what_a_task_raises_behind_its_own_handler_says_how_it_ended() -> None:
    jobs = """
from celery import shared_task

class ImportFailed(Exception):
    pass

class Untidy(Exception):
    pass

@shared_task
def take_in(key):
    try:
        read(key)
    except Exception as error:
        note(key, error)
        raise ImportFailed(explain(error))

@shared_task
def tidy(key):
    if find(key):
        raise Untidy(key)
"""
    assert "take_in" not in _told(jobs)


def test_a_row_that_is_gone_when_its_task_starts_is_doubtful() -> None:
    jobs = """
import logging
from celery import shared_task

class PreviewNotFound(Exception):
    pass

def load(key):
    if not ROWS.get(key):
        raise PreviewNotFound(key)

@shared_task
def render(key):
    load(key)

def show(key):
    try:
        load(key)
    except PreviewNotFound:
        logging.warning("no preview")
"""
    assert _told(jobs) == {"render": "low"}


def test_a_text_that_is_put_together_decides_about_no_machine() -> None:
    jobs = """
import requests
from celery import shared_task

class StoreError(Exception):
    pass

def store(name):
    try:
        requests.put("https://store.example", data=name, timeout=3)
    except requests.RequestException as error:
        raise StoreError(name) from error

@shared_task
def archive(number):
    store(f"invoices/{number}.txt")

@shared_task
def archive_all():
    store("invoices")
"""
    assert _told(jobs) == {"archive": "medium", "archive_all": "medium"}


def test_a_function_is_a_task_where_a_helper_hands_it_to_a_queue() -> None:
    jobs = """
import requests
from redis import Redis
from rq import Queue

queue = Queue("mail", connection=Redis())

def enqueue(task, *args):
    return queue.enqueue(task, *args, meta={"who": "shop"})

def notify(number):
    requests.post("https://mail.example", json=number, timeout=3)

def order(number):
    enqueue(notify, number)
"""
    assert _told(jobs) == {"notify": "high"}
