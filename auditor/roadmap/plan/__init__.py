"""A page's sprints, and which sprint each promise belongs to."""
