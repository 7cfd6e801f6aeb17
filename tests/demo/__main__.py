"""`make demo`: fetches two released applications, audits each against the demo's roadmap, says where the reports lie."""

import subprocess
import sys
from pathlib import Path

import msgspec

from tests.released import fetch

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
PLACE = PROJECT / ".demo"
REPORTS = (("html", "report.html"), ("json", "report.json"), ("sarif", "report.sarif"), ("markdown", "report.md"))


class Application(msgspec.Struct, frozen=True):
    """A released application: its name, the release, and what it is made with."""

    name: str
    release: str
    made_with: str


APPLICATIONS = (Application("pretix", "2026.8.0", "Django"), Application("indico", "3.2.9", "Flask"))


def main() -> int:
    """Audits both. Exit code 0 where both could be audited, whatever their gates say; else the worse of the codes."""
    codes = [show(application) for application in APPLICATIONS]
    print(
        "\nThe gates say what the roadmaps' teams would have to do; the demo itself ran to its end."
        if max(codes) <= 1
        else "\nNot everything could be judged: the reports name what was left unjudged and why."
    )
    return 0 if max(codes) in (0, 1, 3) else max(codes)


def show(application: Application) -> int:
    """Fetches, imports the roadmap, audits, prints where the reports lie; the audit's exit code."""
    sources = PLACE / f"{application.name}-{application.release}"
    if not sources.is_dir():
        print(f"fetching {application.name} {application.release} ({application.made_with}) ...", flush=True)
        fetch(f"{application.name}=={application.release}", sources)
    out = PLACE / "reports" / application.name
    out.mkdir(parents=True, exist_ok=True)
    print(f"\n== {application.name} {application.release} ({application.made_with})\n", flush=True)
    roadmap = out / "roadmap.toml"
    page = HERE / "roadmaps" / f"{application.name}.md"
    code = auditor("roadmap", "import", str(page), "--output", str(roadmap), "--force")
    if code:
        return code
    pairs = [word for name, file in REPORTS for word in ("--format", name, "--output", str(out / file))]
    code = auditor("audit", str(sources), "--roadmap", str(roadmap), *pairs)
    if code in (0, 1, 3):
        print(f"\nReports of {application.name}:")
        for _, file in REPORTS:
            print(f"  {(out / file).relative_to(PROJECT)}")
    return code


def auditor(*words: str) -> int:
    """Runs the command that lies beside this Python; its exit code."""
    sys.stdout.flush()
    return subprocess.run([Path(sys.executable).with_name("auditor"), *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
