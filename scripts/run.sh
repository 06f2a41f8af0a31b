#!/bin/sh
# Opens the program on the June 2023 case; without a screen, writes what it would show into out/.
set -eu
cd "$(dirname "$0")/.."
case_file=seeds/russia-june-2023.ach.json

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/ach-desk "$case_file"
fi

echo "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the window cannot open."
echo "The scores, the charts and the printed pages of the June 2023 case go into out/ instead."
echo
mkdir -p out
.venv/bin/ach score "$case_file" >out/scores.txt
cat out/scores.txt
for kind in consistency ranking heatmap; do
    .venv/bin/ach chart "$case_file" --kind "$kind" -o "out/$kind.svg" --force
done
.venv/bin/ach print "$case_file" -o out/russia-june-2023.pdf --force
