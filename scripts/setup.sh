#!/bin/sh
# Everything that `make run` or `make test` needs on this machine: system packages, a virtual environment in .venv
# with the locked requirements, and the program in it. What is there already is left alone.
#
#   scripts/setup.sh run|test
set -eu
cd "$(dirname "$0")/.."
purpose=$1

if .venv/bin/python -c "import pip" >/dev/null 2>&1; then
    scripts/system_packages.sh "$purpose"
else
    # A bare machine has no Python yet; Debian's own may do.
    found=$(scripts/find_python.sh 2>/dev/null) || found="python3 python3 python3-venv"
    # shellcheck disable=SC2086 # after the interpreter come names of packages
    scripts/system_packages.sh "$purpose" ${found#* }
    found=$(scripts/find_python.sh)
    "${found%% *}" -m venv --clear .venv
fi

# Each step leaves a copy of what it was made from, so that it is done again when that changes, and only then.
if ! cmp -s requirements.lock .venv/requirements.done; then
    echo "Setting up .venv (once, a minute or two)"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
    cp requirements.lock .venv/requirements.done
fi
if ! cmp -s pyproject.toml .venv/package.done; then
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
    cp pyproject.toml .venv/package.done
fi
