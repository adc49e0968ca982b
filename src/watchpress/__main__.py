"""Run the command line as `python -m watchpress`."""

from watchpress.cli import main

main()
