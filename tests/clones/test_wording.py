"""Copies whose statements are others, but not their words, are found."""

import textwrap

import pytest

from tests.clones.test_clones import groups

LISTED = "    open_ids = [issue.pk for issue in owner.issues.filter(closed=None) if issue.is_late()]\n"
LOOPED = """    open_ids = []
    for issue in owner.issues.filter(closed=None):
        if issue.is_late():
            open_ids.append(issue.pk)
"""
HEADING = """    heading = 'Late issues of "%s"' % owner.name
    send_mail("""
REPORT = """
def mail_report(self, team):
    owner = Team.objects.get(pk=team)
    open_ids = [issue.pk for issue in owner.issues.filter(closed=None) if issue.is_late()]
    send_mail(
        subject='Late issues of "%s"' % owner.name,
        template="mails/late_issues",
        recipients=[owner.email],
        context={"title": self.settings.SITE_TITLE, "url": self.settings.BASE_URL + reverse("late_issues", team)},
    )
    return open_ids
"""


@pytest.mark.parametrize(
    "changed",
    [
        {"        subject='Late issues of \"%s\"' % owner.name": "        subject=heading", "    send_mail(": HEADING},
        {LISTED: LOOPED},
        {"self, ": "settings, ", "self.settings": "settings", "owner": "group", "issue ": "one "},
        {
            "team):": "team, *, quiet=False):",
            "    send_mail(": '    if quiet:\n        log.info("none for %s", owner)\n    send_mail(',
        },
        {"'Late issues of \"%s\"' % owner.name": "f'Late issues of \"{owner.name}\"'", "open_ids": "found", "owner": "group"},
    ],
    ids=["an argument with a name of its own", "a loop", "a function and no method", "a flag", "a text put together otherwise"],
)
def test_a_function_of_few_statements_that_says_the_same_in_others_is_found(changed: dict[str, str]) -> None:
    copy = REPORT.replace("mail_report", "tell_team")
    for old, new in changed.items():
        assert old in copy
        copy = copy.replace(old, new)
    (group,) = groups(a=REPORT, b=copy)
    assert [place.path for place in group.places] == ["a.py", "b.py"]


def test_functions_that_call_the_same_with_other_words_are_not_paired() -> None:
    other = """
    def mail_welcome(self, guest):
        person = Guest.objects.get(pk=guest)
        rooms = [stay.room for stay in person.stays.exclude(paid=True) if stay.begins_today()]
        send_mail(
            subject="Welcome to our house",
            template="letters/welcome",
            recipients=rooms,
            context={"key": self.desk.KEY_NUMBER, "breakfast": self.kitchen.HOURS + person.wishes("tea", guest)},
        )
        return rooms
    """
    assert groups(a=REPORT, b=textwrap.dedent(other)) == ()


def test_a_stretch_with_other_names_and_a_statement_more_after_every_two_is_found() -> None:
    stretch = """
    client = Client(name=f"{tenant.name}'s client", first_party=True, tenant=tenant)
    await repository.create(client)
    audit.log_write(Message.OBJECT_CREATED, client)
    trigger(ClientCreated, client, schemas.client.Client)
    return redirect(request.url_for("tenants:get", id=tenant.id), status.CREATED, {"X-Id": str(tenant.id)})
"""
    copy = (
        stretch.replace("client =", "made =")
        .replace("(client)", "(made)")
        .replace(", client", ", made")
        .replace("tenant.", "house.")
    )
    copy = copy.replace("=tenant)", "=house)").replace("    audit", '    metrics.count("made", 1)\n    audit')
    copy = copy.replace("    return", "    seen = clock.now()\n    return")
    (group,) = groups(
        a=f"async def give(tenant, repository):\n    tenant = fill(tenant)\n    log.info('x')\n    tenant.check(1){stretch}",
        b=f"async def hand(house, repository):\n    while house.busy():\n        wait(3)\n    del house.guests[0]{copy}",
    )
    assert [place.path for place in group.places] == ["a.py", "b.py"]
