"""One target under atheris, in a process of its own; called by run.py."""

from __future__ import annotations

import sys

import atheris


def main() -> None:
    """Run the target that the first word names; the rest are libFuzzer's own options."""
    name, *options = sys.argv[1:]
    with atheris.instrument_imports(include=["watchpress"], enable_loader_override=False):
        from fuzz.targets import tried

    def once(data: bytes) -> None:
        tried(name, data)

    atheris.Setup([sys.argv[0], *options], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
