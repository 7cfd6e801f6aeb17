"""The findings as GitLab's code quality report: what the widget of a merge request reads."""
