#!/bin/sh
# Puts ACH Desk into the menu and makes *.ach.json open with it, for one person (the default) or for everybody.
#
#   scripts/desktop_files.sh install|uninstall [SHARE]
#
# SHARE is the folder that holds applications/, mime/ and icons/: XDG_DATA_HOME or ~/.local/share unless given
# (/usr/local/share with PREFIX=/usr/local). PROGRAM names what the entry starts: by default the ach-desk beside this
# copy's environment, else the one on the PATH. DESTDIR goes before SHARE, for who makes a package.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
action=${1:-}
share=${2:-${PREFIX:+$PREFIX/share}}
share=${share:-${XDG_DATA_HOME:-$HOME/.local/share}}
target=${DESTDIR:-}$share

# What lies where: the name in resources/desktop, the place in SHARE.
files="ach-desk.desktop applications/ach-desk.desktop
ach-desk-mime.xml mime/packages/ach-desk.xml
ach-desk.metainfo.xml metainfo/internal.ach_desk.AchDesk.metainfo.xml
ach-desk.svg icons/hicolor/scalable/apps/ach-desk.svg
ach-desk-document.svg icons/hicolor/scalable/mimetypes/ach-desk-document.svg"

source=$here/resources/desktop
[ -d "$source" ] || source=$here/_internal/ach_desk/_data/resources/desktop # a build from `make bundle`

# What update-desktop-database would do for our two types, where it is missing.
list_types() {
    cache=$target/applications/mimeinfo.cache
    others=$( { [ ! -f "$cache" ] || cat "$cache"; } | sed '/^\[MIME Cache\]$/d; /=ach-desk\.desktop;$/d')
    ours=$( [ "$action" = uninstall ] || sed -n 's/^MimeType=//p' "$source/ach-desk.desktop" |
        tr ';' '\n' | sed -n 's/..*/&=ach-desk.desktop;/p')
    printf '%s\n' "[MIME Cache]" "$others" "$ours" | sed '/^$/d' >"$cache"
}

refresh() {
    [ -z "${DESTDIR:-}" ] || return 0 # the package's own scripts do it where it is installed
    if command -v update-mime-database >/dev/null && [ -d "$target/mime" ]; then update-mime-database "$target/mime"; fi
    if command -v update-desktop-database >/dev/null; then update-desktop-database -q "$target/applications" || :
    else list_types
    fi
    if command -v gtk-update-icon-cache >/dev/null; then gtk-update-icon-cache -qtf "$target/icons/hicolor" || :; fi
}

program() {
    if [ -n "${PROGRAM:-}" ]; then echo "$PROGRAM"
    elif [ -x "$here/ach-desk" ]; then echo "$here/ach-desk"
    elif [ -x "$here/.venv/bin/ach-desk" ]; then echo "$here/.venv/bin/ach-desk"
    else echo ach-desk
    fi
}

# In a desktop entry a path stands in quotation marks; inside them these four need a backslash, and % is doubled. The
# backslash itself is doubled once more, as in every value of such a file.
quoted() {
    case $1 in
        *[!A-Za-z0-9_./-]*) printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\\\\\/g; s/["`$]/\\\\&/g; s/%/%%/g')" ;;
        *) printf '%s' "$1" ;;
    esac
}

entry() {
    PROGRAM_IN_ENTRY=$(quoted "$1") PROGRAM_TO_TRY=$(printf '%s' "$1" | sed 's/\\/\\\\/g') awk '
        /^Exec=/ { print "Exec=" ENVIRON["PROGRAM_IN_ENTRY"] " %F"; next }
        /^TryExec=/ { print "TryExec=" ENVIRON["PROGRAM_TO_TRY"]; next }
        { print }' "$source/ach-desk.desktop"
}

case $action in
    install)
        echo "$files" | while read -r name place; do
            mkdir -p "$(dirname "$target/$place")"
            if [ "$name" = ach-desk.desktop ]; then entry "$(program)" >"$target/$place"; else cp "$source/$name" "$target/$place"; fi
            chmod 644 "$target/$place"
        done
        refresh
        echo "ACH Desk is in the menu now, and *.ach.json opens with it ($share)."
        ;;
    uninstall)
        echo "$files" | while read -r _name place; do rm -f "$target/$place"; done
        refresh
        echo "ACH Desk was taken out of the menu ($share)."
        ;;
    *)
        echo "usage: $0 install|uninstall [SHARE]" >&2
        exit 2
        ;;
esac
