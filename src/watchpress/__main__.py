"""Run the command line as `python -m watchpress`."""

from watchpress.cli.main import main

main()
