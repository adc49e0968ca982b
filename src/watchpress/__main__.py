"""Run the command line as `watchpress` or `python -m watchpress`."""

from __future__ import annotations

import gc

from watchpress.cli import stop


def main() -> None:
    """Run the command line; a signal that comes while its rooms are loaded finds it prepared."""
    stop.listen()
    # What is loaded stays: to look through it for garbage again and again costs a tenth of the time
    # that a check of one report takes.
    gc.disable()
    from watchpress.cli.main import main as run

    gc.freeze()
    gc.enable()
    run()


if __name__ == "__main__":
    main()
