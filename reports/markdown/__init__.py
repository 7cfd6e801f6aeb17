"""The audit as a comment on a pull request or a job's summary: short, gravest first, nothing in it can break out."""
