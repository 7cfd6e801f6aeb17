"""One sprint as Markdown, as a page, or as JSON: which one, the file's ending says."""

import msgspec

from auditor.report import Attachment, Letter, Report, View, brief, cut, sprint_brief, sprint_document, visible


class Sprint(Report):
    """The sprint that runs, else the last that is over. Markdown unless the file ends in `.html` or `.json`."""

    name = "sprint"
    endings = (".md", ".html", ".json")
    period = "sprint"
    title = "a sprint's review: promises, what moved them, demo list, retrospective; Markdown, HTML or JSON"

    def render(self, view: View) -> str | bytes:
        told = sprint_brief(view)
        if view.ending == ".json":
            return msgspec.json.format(msgspec.json.encode(sprint_document(view, told)), indent=2) + b"\n"
        name = "sprint.html" if view.ending == ".html" else "sprint.md"
        seen = {"told": told, "brief": brief(view), "measures": view.behind}
        return self.template(name, view, **seen)

    def letter(self, view: View) -> Letter:
        page = msgspec.structs.replace(view, ending=".html")
        told = sprint_brief(view)
        name = visible(told.sprint.name) if told else "no sprint"
        plain = super().letter(view)
        kept = [f"{row.state}: {row.text} ({row.baseline} → {row.now} → {row.goal})" for row in (told.rows if told else ())]
        lines = tuple(visible(line) for line in (f"{name}: {brief(view).headline}", *kept))
        return msgspec.structs.replace(
            plain,
            subject=cut(f"{visible(view.snapshot.project)}: review of {name}", 180),
            lines=lines,
            text="\n".join(("\n".join(lines), "", "The page with the evidence is attached.", "")),
            html=self.template("mail.html", view, lines=lines, sprint=name),
            attachments=(Attachment("sprint.html", self.data(page)), Attachment("sprint.md", self.data(view))),
        )
