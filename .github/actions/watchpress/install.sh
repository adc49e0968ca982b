#!/usr/bin/env bash
# Install watchpress, and what it needs of the machine, below $WHERE; put it on the path.
# VERSION: a release of the package index; without it, the checkout that this action came with, in
# the versions that its requirements.lock pins.
set -euo pipefail
source="$GITHUB_ACTION_PATH/../../.."
if [ ! -x "$WHERE/bin/watchpress" ]; then
  python -m venv "$WHERE"
  if [ -n "$VERSION" ]; then
    "$WHERE/bin/pip" install --quiet "watchpress==$VERSION"
  else
    sed -n 's/^\([A-Za-z0-9._-]*==[^ ;\\]*\).*/\1/p' "$source/requirements.lock" > "$WHERE/pins.txt"
    "$WHERE/bin/pip" install --quiet --constraint "$WHERE/pins.txt" "$source"
  fi
fi
"$WHERE/bin/watchpress" doctor --install --for demo
echo "$WHERE/bin" >> "$GITHUB_PATH"
