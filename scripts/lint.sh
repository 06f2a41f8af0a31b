#!/bin/sh
# Format, style, types, layers: all four run, and one failure makes the whole fail.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=0

"$bin/ruff" format --check --quiet . || { echo "Some files are not in the house's format: make format"; failed=1; }
"$bin/ruff" check --quiet . || failed=1
layers=$("$bin/lint-imports" --no-logo 2>&1) || { echo "$layers"; failed=1; }
if command -v node >/dev/null; then
    "$bin/pyright" || failed=1
else
    echo "pyright was left out: it needs Node.js (on Debian and Ubuntu: apt-get install nodejs npm)."
fi
exit "$failed"
