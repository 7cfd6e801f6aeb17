"""The findings as GitHub's workflow commands: they stand beside the lines of a pull request."""
