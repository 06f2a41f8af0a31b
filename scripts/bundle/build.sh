#!/bin/sh
# Makes the one-dir build in dist/ach-desk: a folder that runs without Python, network or administrator rights.
set -eu
cd "$(dirname "$0")/../.."
.venv/bin/python -m PyInstaller --noconfirm --clean --log-level WARN --distpath dist --workpath build/bundle \
    scripts/bundle/ach-desk.spec
