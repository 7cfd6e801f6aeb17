"""A command that reports repeat tells no password."""

import pytest

from auditor.cli.said import said


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("postgresql://reader:s3cret@db.example.com/audits", "postgresql://reader:hidden@db.example.com/audits"),
        ("--history=postgresql+psycopg://a:b:c@h/d", "--history=postgresql+psycopg://a:hidden@h/d"),
        ("postgresql://:s3cret@h/d", "postgresql://:hidden@h/d"),
        ("postgresql://reader@h:5432/d", "postgresql://reader@h:5432/d"),
        ("https://ci.example.com:8080/x", "https://ci.example.com:8080/x"),
        ("a b", "'a b'"),
    ],
)
def test_passwords_in_addresses_are_hidden(word: str, shown: str) -> None:
    assert said(["audit", word]) == f"auditor audit {shown}"
