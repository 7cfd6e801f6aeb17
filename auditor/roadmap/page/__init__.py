"""A Markdown page: its blocks, what its headings are about, its sprints, and which of its lines are promises."""
