#!/bin/sh
# Installs ACH Desk from this folder alone, without a network: install.sh [FOLDER] (by default ~/.local/share/ach-desk).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-${XDG_DATA_HOME:-$HOME/.local/share}/ach-desk}
python=${PYTHON:-python3}

if command -v sha256sum >/dev/null; then sums="sha256sum"; else sums="shasum -a 256"; fi # macOS has the latter
(cd "$here" && $sums -c SHA256SUMS >/dev/null)
"$python" -m venv --clear "$target"
"$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here" \
    --no-deps -r "$here/requirements.txt" ach-desk
"$target/bin/ach" --version
echo "Installed in $target. Start it with $target/bin/ach-desk"
