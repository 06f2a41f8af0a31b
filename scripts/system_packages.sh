#!/bin/sh
# Sees to the Debian or Ubuntu packages that the program (run) or its tests (test) need.
#
#   scripts/system_packages.sh run|test [extra package ...]    install what is missing, or name the one line and stop
#   scripts/system_packages.sh --list run|test                 print the names, for the README and the tests
set -eu

# Qt's own libraries, printing and network included; the X11 and Wayland side of the window; fonts beyond Latin.
run="libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libgssapi-krb5-2 libcups2 libxcb-cursor0 \
libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 libwayland-cursor0 libwayland-egl1 fonts-dejavu-core \
fonts-noto-core"
# A screen without a screen, keys, windows, clipboard, accessibility, pages as pictures, every script, an office program
# that opens the documents we write, and what a desktop asks about types of files.
test="$run git fontconfig xvfb xauth xdotool xclip openbox dbus dbus-x11 at-spi2-core python3-gi gir1.2-atspi-2.0 \
poppler-utils fonts-noto-cjk fonts-noto-color-emoji libreoffice-calc-nogui libreoffice-writer-nogui \
libreoffice-impress-nogui libglib2.0-bin shared-mime-info desktop-file-utils"

names_for() {
    case "$1" in
        run) echo "$run" ;;
        test) echo "$test" ;;
        *) echo "usage: $0 [--list] run|test [extra package ...]" >&2; exit 2 ;;
    esac
}

if [ "${1:-}" = --list ]; then
    names_for "${2:-}"
    exit 0
fi

wanted=$(names_for "${1:-}")
shift
wanted="$wanted $*"

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    if [ ! -e .venv/package.done ]; then # once is enough
        echo "This is not a Debian or Ubuntu system, so its packages are left alone. ACH Desk needs what these hold there:"
        echo "  $wanted"
    fi
    exit 0
fi

# A package is there under its own name or as what another one provides (libglib2.0-0 became libglib2.0-0t64).
missing=$(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' | awk -v wanted="$wanted" '
    $1 == "installed" { gsub(/\([^)]*\)|,/, ""); for (i = 2; i <= NF; i++) have[$i] = 1 }
    END { n = split(wanted, names, " "); for (i = 1; i <= n; i++) if (!(names[i] in have)) printf "%s ", names[i] }')
[ -n "$missing" ] || exit 0

line="apt-get install --yes --no-install-recommends ${missing% }"
if [ "$(id -u)" -ne 0 ]; then
    echo "Some system packages are missing. Install them with this line, then give the same command again:" >&2
    echo "  sudo $line" >&2
    exit 1
fi

echo "Installing system packages: ${missing% }"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { apt-get update && DEBIAN_FRONTEND=noninteractive $line; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "The system packages could not be installed; the lines above are what apt-get said last." >&2
    exit 1
fi
