#!/usr/bin/env python3
"""Gathers the licences of all that is built into the program: assets/licences.txt.gz.

Run it after a change of Cargo.lock: `scripts/licences.py`. It asks cargo which crates the program is
made of on any system (those that only tests or build scripts use are left out), and reads the
texts that lie in their sources; equal texts stand once, with all who have them. What crates bring
along that is not Rust (PROJ, SQLite, fonts) stands in their own files of licences, which are read
too. The same Cargo.lock gives the same file.
"""

import collections
import gzip
import hashlib
import io
import json
import pathlib
import re
import subprocess
import sys
import tarfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "assets" / "licences.txt.gz"
NAMES = re.compile(r"^(un)?licen[sc]e|^copying|^copyright|^notice|^ofl|^ufl", re.IGNORECASE)
# Folders within a crate where what it brings along has its own texts.
DEEPEST = 3


def crates():
    """The packages that are linked into the program, on any system."""
    asked = ["cargo", "metadata", "--locked", "--format-version", "1"]
    found = json.loads(subprocess.run(asked, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    packages = {package["id"]: package for package in found["packages"]}
    nodes = {node["id"]: node for node in found["resolve"]["nodes"]}
    root = found["resolve"]["root"]
    seen, waiting = set(), [root]
    while waiting:
        now = waiting.pop()
        if now in seen:
            continue
        seen.add(now)
        for dependency in nodes[now]["deps"]:
            # None stands for a normal dependency.
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    seen.discard(root)
    return sorted((packages[one] for one in seen), key=lambda one: (one["name"], one["version"]))


def texts(package):
    """The texts of licences in a package's source, with the paths they have there."""
    folder = pathlib.Path(package["manifest_path"]).parent
    told = package.get("license_file")
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.name.endswith(".tar.gz"):
            yield from packed_texts(path, inside.as_posix())
            continue
        if len(inside.parts) > DEEPEST or not path.is_file() or path.stat().st_size > 200_000:
            continue
        if any(part in ("tests", "test", "benches", "examples") for part in inside.parts):
            continue
        if NAMES.match(path.name) and path.suffix.lower() in ("", ".txt", ".md", ".html", ".apache-2.0", ".mit") \
                or (told and inside == pathlib.Path(told)):
            text = path.read_text(encoding="utf-8", errors="replace")
            yield inside.as_posix(), plain(text)


def packed_texts(path, name):
    """Those in an archive of sources that a crate builds (PROJ comes so)."""
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            parts = pathlib.PurePosixPath(member.name).parts
            if len(parts) == 2 and member.isfile() and NAMES.match(parts[1]):
                text = archive.extractfile(member).read().decode(errors="replace")
                yield f"{name}/{parts[1]}", plain(text)


def plain(text):
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def main():
    lock = hashlib.sha256((ROOT / "Cargo.lock").read_bytes()).hexdigest()
    lines, holders, bare = [f"Cargo.lock {lock}"], collections.OrderedDict(), []
    for package in crates():
        name = f"{package['name']} {package['version']}"
        licence = package.get("license") or "see its text"
        lines.append(f"{name}\t{licence}\t{package.get('repository') or ''}")
        count = 0
        for path, text in texts(package):
            holders.setdefault(text, []).append(f"{name}: {path}" if "/" in path else name)
            count += 1
        if count == 0:
            bare.append(f"{name} ({licence})")
    out = io.StringIO()
    out.write("\n".join(lines))
    if bare:
        out.write("\n\n" + "=" * 80 + "\n" + "\n".join(bare) + "\n" + "-" * 80 + "\n")
        out.write("Their sources hold no text of their licence; its name stands beside each.")
    for text, names in holders.items():
        out.write("\n\n" + "=" * 80 + "\n" + "\n".join(names) + "\n" + "-" * 80 + "\n" + text)
    out.write("\n")
    packed = io.BytesIO()
    # No time and no name in the header, so that it is the same each time.
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0, compresslevel=9) as file:
        file.write(out.getvalue().encode())
    OUT.write_bytes(packed.getvalue())
    print(f"{len(lines) - 1} crates, {len(holders)} texts, {len(bare)} without; "
          f"{len(out.getvalue()) // 1000} kB, {OUT.stat().st_size // 1000} kB packed", file=sys.stderr)


if __name__ == "__main__":
    main()
