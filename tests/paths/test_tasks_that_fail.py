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
