"""`python -m auditor`, from a checkout too."""

import sys

try:
    from auditor.cli.main import main
except ModuleNotFoundError as error:  # a checkout that was never installed
    print(f"auditor: {error.name} is not installed", file=sys.stderr)
    print("  hint: install auditor with what it needs: pip install . in its folder", file=sys.stderr)
    sys.exit(3)

main()
