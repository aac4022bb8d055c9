#!/usr/bin/env bash
# Builds what people install on Linux: a .deb, a tarball, and their checksums.
#
# Usage: scripts/release.sh [FOLDER]      (dist/ without one)
#
# The program is that of `cargo build --profile dist`. Both hold the same tree: the program, its icon, the
# entry for menus, the kinds of files it opens, pages of the manual, completions for shells, the
# sample project. The times in them are those of the last commit, so that the same source gives the
# same files. It needs dpkg-deb, which Debian and Ubuntu have.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$(realpath -m "${1:-$here/dist}")
cd "$here"
. scripts/install-needs.sh
need_build
cargo build --profile dist --locked --bin belfort

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
architecture=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/belfort-$version
share=$root/usr/share

program=$root/usr/bin/belfort
install -Dm755 "${CARGO_TARGET_DIR:-target}/dist/belfort" "$program"
install -Dm644 packaging/linux/belfort.desktop "$share/applications/belfort.desktop"
install -Dm644 packaging/linux/belfort.xml "$share/mime/packages/belfort.xml"
install -Dm644 packaging/linux/belfort.svg "$share/icons/hicolor/scalable/apps/belfort.svg"
zcat assets/licences.txt.gz | gzip -9nc | install -Dm644 /dev/stdin "$share/doc/belfort/licences.txt.gz"
for file in packaging/linux/copyright LICENSE-MIT LICENSE-APACHE README.md; do
    install -Dm644 "$file" "$share/doc/belfort/$(basename "$file")"
done
gzip -9nc CHANGELOG.md | install -Dm644 /dev/stdin "$share/doc/belfort/changelog.gz"
# Found beside the program, wherever the tree is put (see `project::sample_project`).
mkdir -p "$share/belfort"
cp -r sample-data "$share/belfort/sample-data"
for language in en nl; do
    folder=$share/man/man1
    [ "$language" = en ] || folder=$share/man/$language/man1
    mkdir -p "$folder"
    for command in "" info check convert print pack tiles portal sparql ldes; do
        page=belfort${command:+-$command}.1
        # Without a command it is the page of the program.
        "$program" man ${command:+"$command"} --lang "$language" | gzip -9n >"$folder/$page.gz"
    done
done
complete=(bash bash-completion/completions/belfort zsh zsh/vendor-completions/_belfort
    fish fish/vendor_completions.d/belfort.fish)
for ((at = 0; at < ${#complete[@]}; at += 2)); do
    "$program" completions "${complete[at]}" |
        install -Dm644 /dev/stdin "$share/${complete[at + 1]}"
done

# What it is linked against, as the packages of this system name it; what it loads while it runs
# (Vulkan or OpenGL, the windows of X11 and Wayland) is recommended.
mkdir -p "$work/debian"
printf 'Source: belfort\n\nPackage: belfort\nArchitecture: any\n' >"$work/debian/control"
needs=$(cd "$work" && dpkg-shlibdeps -O "$program" 2>/dev/null | sed -n 's/^shlibs:Depends=//p') || needs=
size=$(du -sk "$root/usr" | cut -f1)
mkdir -p "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<CONTROL
Package: belfort
Version: $version
Architecture: $architecture
Maintainer: The Belfort authors <belfort@localhost>
Installed-Size: $size
Depends: ${needs:-libc6}
Recommends: mesa-vulkan-drivers | libgl1, libxkbcommon0, libxkbcommon-x11-0, libwayland-client0, libx11-6, libxcursor1, libxi6, xdg-utils
Section: science
Priority: optional
Description: native desktop viewer for city geodata
 Opens GeoJSON, Shapefile, GeoPackage, CSV and many other files, and the open data
 of Ghent and Bruges; draws them on a map, filters and styles them, and prints
 maps that are true to scale.
CONTROL
find "$root" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +

mkdir -p "$out"
deb=belfort_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$out/$deb" >/dev/null
tarball=belfort-$version-linux-$(uname -m).tar.gz
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
    --exclude=DEBIAN -C "$work" -cf - "belfort-$version" | gzip -9n >"$out/$tarball"
(cd "$out" && sha256sum "$deb" "$tarball" >SHA256SUMS)
ls -l "$out" | sed 1d
