"""The command line: the only room that knows click, rich, the current folder, the environment and exit codes."""
