#!/usr/bin/env bash
# Installs a .deb on a clean system, and tries it as a person would: it starts from its menu entry,
# opens a GeoJSON file by its kind, and leaves nothing behind when it is removed.
#
# Usage, as root: scripts/try-deb.sh belfort_0.1.0_amd64.deb [FOLDER]
#
# The system is made by debootstrap in FOLDER (kept, some 900 MB; /var/tmp/belfort-clean without
# one), of the release that this machine runs. Pictures of both windows are left beside it.
set -euo pipefail
deb=$(realpath "${1:?which .deb?}")
root=$(realpath -m "${2:-/var/tmp/belfort-clean}")
[ "$(id -u)" = 0 ] || { echo "This needs root, for chroot" >&2; exit 1; }
command -v debootstrap >/dev/null || apt-get install -y debootstrap >/dev/null
. /etc/os-release

if [ ! -e "$root/.made" ]; then
    debootstrap --variant=minbase "$VERSION_CODENAME" "$root" >/dev/null
    touch "$root/.made"
fi
for place in proc dev sys; do
    mountpoint -q "$root/$place" || mount --rbind "/$place" "$root/$place"
done
cleanup() {
    for place in sys dev proc; do umount -lR "$root/$place" 2>/dev/null || true; done
}
trap cleanup EXIT
cp /etc/resolv.conf "$root/etc/resolv.conf"
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
    LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive DISPLAY=:77 "$@"; }
say() { printf '%-52s %s\n' "$1" "$2"; }
fail() { say "$1" "FAILED${2:+: $2}"; exit 1; }

# What a desktop has in any case, and what this script looks with.
inside apt-get update -qq
inside apt-get install -y -qq --no-install-recommends xvfb xdotool imagemagick desktop-file-utils \
    shared-mime-info libglib2.0-bin dbus xauth hicolor-icon-theme man-db >/dev/null 2>&1
inside apt-get remove -y -qq belfort >/dev/null 2>&1 || true
cp "$deb" "$root/tmp/belfort.deb"
inside apt-get install -y -qq /tmp/belfort.deb >/dev/null 2>&1 || fail "installs"
say "installs, with what it needs" "$(inside belfort --version)"

inside desktop-file-validate /usr/share/applications/belfort.desktop || fail "menu entry is valid"
say "menu entry is valid" yes
printf '%s' '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"naam":"Belfort"},
"geometry":{"type":"Point","coordinates":[3.7248,51.0536]}}]}' >"$root/root/proef.geojson"
kind=$(inside gio info -a standard::content-type /root/proef.geojson | sed -n 's/.*content-type: //p')
[ "$kind" = application/geo+json ] || fail "a GeoJSON file has its kind" "$kind"
handler=$(inside gio mime "$kind" | sed -n 's/.*: \(.*\.desktop\)$/\1/p' | head -1)
[ "$handler" = belfort.desktop ] || fail "its kind is opened by Belfort" "$handler"
say "a GeoJSON file is $kind" "$handler"
inside man -w belfort >/dev/null || fail "has a page in the manual"
for command in info convert print pack tiles; do
    inside man -w "belfort-$command" >/dev/null || fail "has a page for $command"
done
say "has its pages in the manual" yes

chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin Xvfb :77 -screen 0 1280x800x24 >/dev/null 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; cleanup' EXIT
# Starts a program and waits for a window of Belfort, whose arguments end in a text.
window() {
    local ending=$1 picture=$2
    shift 2
    inside dbus-run-session -- sh -c '"$@" & sleep 60' sh "$@" >"$root/tmp/start.log" 2>&1 &
    local session=$! found=
    for _ in $(seq 120); do
        found=$(inside xdotool search --onlyvisible --name Belfort 2>/dev/null | head -1) || true
        pgrep -f "belfort.*$ending\$" >/dev/null || found=
        [ -n "$found" ] && break
        sleep 0.5
    done
    if [ -n "$found" ]; then
        sleep 5
        inside import -window root "/tmp/$picture" 2>/dev/null && cp "$root/tmp/$picture" "$root.$picture"
    fi
    inside pkill -x belfort 2>/dev/null || pkill -x belfort 2>/dev/null || true
    kill "$session" 2>/dev/null || true
    wait "$session" 2>/dev/null || true
    [ -n "$found" ]
}
window '' menu.png gio launch /usr/share/applications/belfort.desktop ||
    fail "starts from its menu entry" "$(tail -3 "$root/tmp/start.log")"
say "starts from its menu entry" "$root.menu.png"
window /root/proef.geojson file.png gio open /root/proef.geojson ||
    fail "opens a GeoJSON file by its kind" "$(tail -3 "$root/tmp/start.log")"
say "opens a GeoJSON file by its kind" "$root.file.png"

inside dpkg -L belfort | sort >"$root/tmp/files"
inside apt-get purge -y -qq belfort >/dev/null 2>&1 || fail "is removed"
left=$(while read -r file; do [ -f "$root$file" ] && echo "$file"; done <"$root/tmp/files"; true)
[ -z "$left" ] || fail "leaves nothing behind" "$left"
[ -z "$(inside gio mime application/geo+json | grep belfort || true)" ] ||
    fail "its kinds of files are nobody's again"
[ ! -e "$root/usr/share/belfort" ] || fail "leaves no folder behind"
say "is removed, and leaves nothing behind" yes
