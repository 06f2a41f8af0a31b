#!/bin/sh
# Makes dist/wheelhouse: our wheel and every wheel that running it needs, at the versions and with the hashes of the
# lock, for an installation on a machine without a network. For another system or Python, run it there.
set -eu
cd "$(dirname "$0")/.."
house=dist/wheelhouse
rm -rf "$house"
mkdir -p "$house"
.venv/bin/python scripts/runtime_lock.py >"$house/requirements.txt"
.venv/bin/python -m pip wheel -qq --disable-pip-version-check --require-hashes --no-deps \
    --no-build-isolation --wheel-dir "$house" -r "$house/requirements.txt"
.venv/bin/python -m build --wheel --no-isolation --outdir "$house" . >/dev/null
cp scripts/wheelhouse/install.sh scripts/wheelhouse/install.bat scripts/wheelhouse/README.txt LICENSE "$house/"
# A package that its makers publish as source alone is built here, so that it has another hash than the lock knows:
# what is in the folder is what counts from here on.
(cd "$house" && sha256sum -- *.whl >SHA256SUMS)
sed 's/ *\\$//; /--hash=/d; s/ ;.*//' "$house/requirements.txt" >"$house/versions.txt"
mv "$house/versions.txt" "$house/requirements.txt"
echo "$house holds $(ls "$house" | grep -c 'whl$') wheels, $(du -sh "$house" | cut -f1) together. Copy the folder and run install.sh in it."
