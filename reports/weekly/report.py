"""The week on one page for leadership: three questions answered on the first screen, and the evidence below."""

from auditor.report import Attachment, Brief, Letter, Measure, Picture, Report, View, brief, caused, cut, plural, spoken, visible

MOST_MEASURES = 250
THREATENS = {
    "security": "What an attacker could use",
    "dependencies": "Known holes in what the product is built with",
    "errors": "Failures that nobody hears of, or that reach the customer",
    "resilience": "What falls when others fall",
    "database": "What makes it slow, or loses data",
    "api": "What breaks those who call it, or lets them overload it",
    "contract": "Promises that were made easier",
    "duplication": "What makes every change dearer",
}
"""What findings of a pack threaten, in words for leadership; a pack that is not named here is read out."""


class Weekly(Report):
    """No script, no request, under a megabyte. As a mail: the first screen, its charts as pictures, the page as a file."""

    name = "weekly"
    endings = (".html",)
    period = "week"
    title = "the week for leadership: on track, what changed and why, what needs a decision"

    def render(self, view: View) -> str:
        return self.template("weekly.html", view, **self._seen(view))

    def letter(self, view: View) -> Letter:
        seen = self._seen(view)
        told = brief(view)
        plots = [plot for plot in (told.grade, told.waterfall, told.burnup) if plot is not None]
        project, week = visible(view.snapshot.project), self.span(view)
        return Letter(
            subject=cut(f"{project}: {told.light}, week {week[6:]}", 180),
            lines=_lines(view, told),
            text=str(self.template("mail.txt", view, lines=_lines(view, told), **seen)),
            html=self.template("mail.html", view, plots={plot.name: plot for plot in plots}, **seen),
            pictures=tuple(Picture(plot.name, plot.words, plot.png()) for plot in plots),
            attachments=(Attachment(f"{self.name}-{week}.html", self.data(view)),),
        )

    def _seen(self, view: View) -> dict[str, object]:
        measures = [*view.behind, *(one for panel in view.panels for one in panel.measures)]
        return {
            "brief": brief(view),
            "span": self.span(view),
            "threatens": THREATENS,
            "measures": _once(measures),
        }


def _once(measures: list[Measure]) -> list[Measure]:
    """One row a name and subject, the first, as judges take it; of more than the page holds, those that came first."""
    found: dict[tuple[str, str], Measure] = {}
    for one in measures:
        found.setdefault((one.name, one.subject), one)
    return list(found.values())[:MOST_MEASURES]


def _lines(view: View, told: Brief) -> tuple[str, ...]:
    """The first screen in sentences: what a chat shows."""
    grade = view.verdict.grade
    lines = [f"{told.light.capitalize()}. {told.headline}"]
    if grade.score is not None:
        moved = f", {told.change:+.1f} since {spoken(told.since)}" if told.change is not None else ""
        lines.append(f"Grade {grade.letter}, {grade.score:g} of 100 points by formula {grade.formula}{moved}.")
    if view.review.steps_note:
        lines.append(f"{view.review.steps_note.capitalize()}.")
    if told.causes and told.causes.parts:
        parts = "; ".join(f"{part.amount:+.1f} {caused(part.cause)}" for part in told.causes.parts)
        lines.append(f"What changed: {parts}.")
    elif told.since:
        lines.append(f"What changed: {plural(len(told.fixed), 'finding')} mended, {len(told.new)} new.")
    lines += [f"To decide ({one.size}): {one.text}" for one in view.review.decisions[:5]]
    lines += [f"Not judged: {plural(len(view.gaps), 'thing')}, named on the page."] if view.gaps else []
    return tuple(visible(line) for line in lines)
