"""`python -m auditor`, from a checkout too."""

from auditor.cli.main import main

main()
