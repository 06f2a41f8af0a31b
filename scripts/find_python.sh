#!/bin/sh
# Prints the first Python of 3.11 or newer and a space; after it the Debian package that it lacks for virtual environments.
# Without one: a sentence, and exit code 1.
set -eu

for name in python3.13 python3.12 python3.11 python3; do
    version=$("$name" -c 'import sys; print("%d.%d" % sys.version_info[:2], int(sys.version_info >= (3, 11)))' 2>/dev/null) || continue
    case "$version" in *" 1") ;; *) continue ;; esac
    if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$name "
        exit 0
    fi
    # Debian keeps ensurepip in a package of its own; a later Python of this list may need nothing.
    : "${incomplete:=$name python${version% 1}-venv}"
done

if [ -n "${incomplete:-}" ]; then
    echo "$incomplete"
    exit 0
fi
echo "ACH Desk needs Python 3.11 or newer, and there is none on the PATH." >&2
exit 1
