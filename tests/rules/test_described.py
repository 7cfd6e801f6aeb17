"""What is read of a rule without running it is what running it says."""

from auditor.packs.described import about_projects, described
from auditor.packs.rules import info, load_rules, places
from auditor.rule.api import ProjectRule


def test_the_words_read_from_the_files_are_those_of_the_loaded_rules() -> None:
    wanted = places()
    assert described(wanted) == info(load_rules(wanted))


def test_rules_about_the_whole_project_are_told_by_their_source() -> None:
    wanted = places()
    told = {place.id for place in about_projects(wanted)}
    assert told == {rule.id for rule in load_rules(wanted) if isinstance(rule, ProjectRule)}
