"""`auditor report` and `auditor schedule` as a user has them: real servers, own processes, and no secret in sight."""

import email
import email.policy
import re
from pathlib import Path

import pytest
import trustme
import yaml

from auditor.cli.channels import VARIABLES
from tests.cli.command import GRAVE, auditor, fill
from tests.deliver.conftest import PASSWORD, USER, Mailhouse, Web
from tests.house.tree import PROJECT


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return fill(tmp_path / "shop", {"login.py": GRAVE})


@pytest.fixture
def surroundings(mailhouse: Mailhouse, authority: trustme.CA, tmp_path: Path) -> dict[str, str]:
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    return {
        "AUDITOR_SMTP_HOST": f"{mailhouse.host}:{mailhouse.port}",
        "AUDITOR_SMTP_USER": USER,
        "AUDITOR_SMTP_PASSWORD": PASSWORD,
        "AUDITOR_MAIL_FROM": "Auditor <auditor@example.com>",
        "AUDITOR_MAIL_TO": "one@example.com, two@example.com",
        "AUDITOR_STATE": str(tmp_path / "state"),
        "SSL_CERT_FILE": str(tmp_path / "authority.pem"),
    }


def test_a_report_goes_to_each_recipient_once(shop: Path, mailhouse: Mailhouse, surroundings: dict[str, str]) -> None:
    words = ("report", "html", ".", "--no-deps", "--send", "email")
    done = auditor(*words, cwd=shop, **surroundings)
    assert done.returncode == 0, done.stderr
    assert "one@example.com: sent" in done.stderr
    assert sorted(mail.rcpt_tos[0] for mail in mailhouse.post.mails) == ["one@example.com", "two@example.com"]
    got = email.message_from_bytes(mailhouse.post.mails[0].content, policy=email.policy.default)
    (page,) = got.iter_attachments()
    assert page.get_filename() == "report.html" or page.get_filename() == "html.html"
    assert "security/todo" in page.get_content()
    again = auditor(*words, "--to", "two@example.com", "--to", "three@example.com", cwd=shop, **surroundings)
    assert "two@example.com: already sent" in again.stderr
    assert [mail.rcpt_tos[0] for mail in mailhouse.post.mails[2:]] == ["three@example.com"]
    forced = auditor(*words, "--to", "two@example.com", "--again", cwd=shop, **surroundings)
    assert "two@example.com: sent" in forced.stderr
    assert len(mailhouse.post.mails) == 4


def test_no_secret_is_told_when_it_fails(shop: Path, mailhouse: Mailhouse, surroundings: dict[str, str], tmp_path: Path) -> None:
    surroundings |= {"AUDITOR_SMTP_PASSWORD": "hunter2-hunter2", "AUDITOR_DEBUG": "1"}
    done = auditor("report", "html", ".", "--no-deps", "--send", "email", "--output", "r.html", cwd=shop, **surroundings)
    assert done.returncode == 3
    assert "the login was refused" in done.stderr
    kept = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and "cache" not in file.parts]
    assert not [body for body in (done.stdout.encode(), done.stderr.encode(), *kept) if b"hunter2" in body]
    assert mailhouse.post.mails == []


def test_slack_and_the_push_gateway_get_theirs(shop: Path, web: Web, tmp_path: Path) -> None:
    here = f"http://127.0.0.1:{web.server_port}"
    set_ = {"AUDITOR_SLACK_WEBHOOK": f"{here}/services/x", "AUDITOR_PUSH_GATEWAY": here, "AUDITOR_STATE": str(tmp_path / "s")}
    done = auditor("report", "html", ".", "--no-deps", "--send", "slack", cwd=shop, **set_)
    assert (done.returncode, done.stderr.strip()) == (0, "Slack: sent")
    pushed = auditor("report", "prometheus", ".", "--no-deps", "--send", "push", cwd=shop, **set_)
    assert pushed.returncode == 0, pushed.stderr
    assert [path for _, path, _, _ in web.seen] == ["/services/x", "/metrics/job/auditor/project@base64/c2hvcA"]
    assert b'auditor_findings{project="shop",rule="security/todo",severity="high"} 1.0' in web.seen[1][3]


def test_what_is_missing_is_told_before_the_audit_begins(shop: Path) -> None:
    for channel, said in (("email", "AUDITOR_SMTP_HOST"), ("slack", "AUDITOR_SLACK_WEBHOOK"), ("push", "AUDITOR_PUSH_GATEWAY")):
        done = auditor("report", "html", ".", "--send", channel, cwd=shop)
        assert done.returncode == 2
        assert f"{said} is not set" in done.stderr


def test_a_file_says_of_what_and_when_it_is(shop: Path) -> None:
    done = auditor("report", "html", ".", "--no-deps", "--send", "file", cwd=shop)
    assert re.fullmatch(r"shop-html-\d{4}-\d\d-\d\d\.html", done.stdout.strip())
    assert (shop / done.stdout.strip()).is_file()


def test_the_schedules_are_what_their_systems_read(tmp_path: Path) -> None:
    words = ("schedule", "--send", "email", "--send", "slack", "--at", "16:30")
    parts = {name: auditor(*words, "--for", name, cwd=tmp_path).stdout for name in ("cron", "github", "gitlab")}
    called = r"auditor report \w+ \. --save --send email --send slack"
    assert re.search(rf"^30 16 \* \* 5  cd .* && {called}$", parts["cron"], re.MULTILINE)
    workflow = yaml.safe_load(parts["github"])
    assert workflow[True]["schedule"] == [{"cron": "30 16 * * 5"}]
    step = workflow["jobs"]["report"]["steps"][-1]
    assert step["run"].startswith("auditor report ")
    assert step["env"]["AUDITOR_HISTORY"].startswith(step["env"]["AUDITOR_STATE"])
    assert step["env"]["AUDITOR_SLACK_WEBHOOK"] == "${{ secrets.AUDITOR_SLACK_WEBHOOK }}"
    (job,) = yaml.safe_load(parts["gitlab"]).values()
    assert job["script"][-1].endswith("--send email --send slack")
    assert '"30 16 * * 5"' in parts["gitlab"]
    whole = auditor(*words, cwd=tmp_path, AUDITOR_SLACK_WEBHOOK="https://hooks.example.com/s3cret").stdout
    assert whole == "\n".join(parts.values())
    assert "s3cret" not in whole


def test_every_variable_is_documented() -> None:
    page = (PROJECT / "docs" / "delivery.md").read_text(encoding="utf-8")
    assert [name for name in VARIABLES if f"`{name}`" not in page] == []
