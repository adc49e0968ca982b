"""Run the command line as `watchpress` or `python -m watchpress`."""

from __future__ import annotations

from watchpress.cli import stop


def main() -> None:
    """Run the command line; a signal that comes while its rooms are loaded finds it prepared."""
    stop.listen()
    from watchpress.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
