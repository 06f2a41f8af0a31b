#!/bin/sh
# Pins every requirement, with hashes and for all supported Pythons, into requirements.lock. It holds no address, so
# that it serves whatever index a machine uses (docs/adr/0005).
set -eu
cd "$(dirname "$0")/.."
if ! command -v uv >/dev/null && [ ! -x .venv/bin/uv ]; then
    echo "uv is needed to make the lock: .venv/bin/pip install uv" >&2
    exit 1
fi
PATH="$PATH:$PWD/.venv/bin"
uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url --no-emit-find-links pyproject.toml --extra dev -o requirements.lock
if grep -n '://' requirements.lock; then
    echo "The lock names an address (above); it must not." >&2
    exit 1
fi
