"""The command line: the only room that knows click, the current folder and exit codes."""
