"""Runs the contests of benches/compare.sh and prints their table. Started by that script."""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
MILLION = 1_000_000

# Formats that are read and written by themselves (`--only` with their name): extension, GDAL's name.
DATABASES = {"GeoPackage": ("gpkg", "GPKG"), "FlatGeobuf": ("fgb", "FlatGeobuf")}


class Missing(Exception):
    """A program or module that is not there."""


class Run:
    """One run of a program: seconds by the clock, highest resident memory in MB, what it printed."""

    def __init__(self, command):
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.text = process.stdout.read().decode(errors="replace")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        self.seconds = time.perf_counter() - start
        self.megabytes = usage.ru_maxrss / 1000
        if status != 0:
            raise Missing(f"{command[0]} failed: {' '.join(map(str, command))}")

    def inner(self, at=0):
        """The seconds that the program measured itself and printed."""
        self.seconds = float(self.text.split()[at])
        return self


class Contest:
    """Both sides run by turns; medians are compared."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.rows = []

    def row(self, work, ours, others, bar, features):
        """`others` are pairs of a name and something to run; `bar` is a text beside the ratio."""
        times = {name: [] for name in ["belfort", *others]}
        peak = {}
        for _ in range(self.arguments.rounds):
            for name, run in {"belfort": ours, **others}.items():
                try:
                    done = run()
                except Missing as missing:
                    print(f"left out: {work}: {missing}", file=sys.stderr)
                    continue
                times[name].append(done.seconds)
                peak[name] = max(peak.get(name, 0), done.megabytes)
        if not times["belfort"]:
            return
        mine = statistics.median(times["belfort"])
        for name in others:
            if times[name]:
                theirs = statistics.median(times[name])
                self.add(work, features, mine, name, theirs, bar.get(name, ""), peak)

    def add(self, work, features, mine, name, theirs, bar, peak=None):
        ours, their_peak = (peak or {}).get("belfort"), (peak or {}).get(name)
        memory = f"{ours:.0f} / {their_peak:.0f} MB" if ours and their_peak else ""
        ratio = f"{theirs / mine:.1f}× faster" if theirs >= mine else f"{mine / theirs:.2f}× its time"
        each = f"{mine / features * 1e6:.2f} µs"
        self.rows.append([work, f"{mine:.3f} s", each, name, f"{theirs:.3f} s", ratio, bar, memory])
        print(" | ".join(self.rows[-1]), file=sys.stderr)

    def table(self):
        heads = ["work", "Belfort", "a feature", "beside", "time", "Belfort is", "wanted", "peak memory"]
        lines = [heads, ["---"] * len(heads), *self.rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def warm(path):
    """Brings a file into the page cache; in small parts, as a program that is started counts what
    its parent held as its own highest memory."""
    with open(path, "rb") as file:
        while file.read(1 << 20):
            pass


def named(count):
    return f"{count // MILLION} M" if count >= MILLION and count % MILLION == 0 else f"{count:,}"


def main():
    parser = argparse.ArgumentParser()
    for name in ("folder", "sizes", "only", "belfort", "stages"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--rounds", type=int, required=True)
    arguments = parser.parse_args()
    only = set(arguments.only.split(","))
    sizes = [int(size) for size in arguments.sizes.split(",")]
    belfort, stages = arguments.belfort, arguments.stages
    contest = Contest(arguments)
    memory_rows = []

    for size in sizes:
        largest = size == max(sizes)
        if not largest and "grow" not in only:
            continue
        folder = pathlib.Path(arguments.folder) / str(size)
        layers = {"trees": (named(size), "points", size), "buildings": (named(size // 4), "polygons", size // 4)}
        for layer, (count, kind, features) in layers.items():
            geojson, shapefile = folder / f"{layer}.geojson", folder / f"{layer}.shp"
            if "open" in only:
                # Everything is in the page cache when the clock starts.
                for path in (geojson, shapefile, shapefile.with_suffix(".dbf")):
                    warm(path)
                info = lambda path: (lambda: Run([belfort, "info", "--json", path]))
                pyogrio = lambda path: (
                    lambda: Run([sys.executable, HERE / "pyogrio_open.py", path]).inner()
                )
                floor = lambda: json_pass(stages, geojson)
                contest.row(
                    f"open GeoJSON, {count} {kind}", info(geojson),
                    {"ogrinfo": lambda: Run(["ogrinfo", "-so", "-al", geojson]),
                     "pyogrio": pyogrio(geojson), "serde_json, one pass": floor},
                    {"ogrinfo": "≥ 12× faster", "serde_json, one pass": "≤ 3.5×"}, features,
                )
                contest.row(
                    f"open Shapefile (Lambert 72), {count} {kind}", info(shapefile),
                    {"pyogrio": pyogrio(shapefile)}, {"pyogrio": "≥ 4× faster"}, features,
                )
            if "open" in only and layer == "trees":
                csv = folder / "trees.csv"
                warm(csv)
                contest.row(
                    f"open CSV, {count} rows", info(csv),
                    {"ogrinfo": lambda: Run(
                        ["ogrinfo", "-so", "-al", "-oo", "X_POSSIBLE_NAMES=lon", "-oo",
                         "Y_POSSIBLE_NAMES=lat", csv])},
                    {"ogrinfo": "≥ 10× faster"}, features,
                )
            for name, (extension, driver) in DATABASES.items():
                if "open" in only or name in only:
                    path = folder / f"{layer}.{extension}"
                    warm(path)
                    pyogrio = lambda path=path: Run(
                        [sys.executable, HERE / "pyogrio_open.py", path]).inner()
                    # The same work on both sides: from the file to columns of Arrow, in a program
                    # that runs already.
                    contest.row(
                        f"read {name}, {count} {kind}", lambda path=path: reading(stages, path),
                        {"pyogrio": pyogrio}, {"pyogrio": "≥ 2× faster"}, features,
                    )
                    contest.row(
                        f"open {name}, {count} {kind}, the whole program with extents and index",
                        lambda path=path: Run([belfort, "info", "--json", path]),
                        {"pyogrio": pyogrio}, {}, features,
                    )
                if "write" in only or name in only:
                    write_database(contest, belfort, geojson, name, extension, driver, count, kind,
                                   features)
            if only & {"open", "write", "GeoParquet"}:
                geoparquet(contest, belfort, folder / f"{layer}.parquet", only, count, kind, features)
            if "areas" in only and layer == "trees":
                per_area(contest, stages, folder, count, features)
            if "memory" in only:
                memory_rows.append(memory(stages, geojson, count, kind))
            if "transform" in only:
                transform(contest, stages, shapefile, count, kind, features)
            if "write" in only:
                write(contest, belfort, folder, layer, count, kind, features)
        if "redraw" in only and largest:
            redraw(folder, arguments.rounds)
        if "page" in only and largest:
            pages(contest, belfort, folder / "buildings.shp", named(size // 4), size // 4)

    print(contest.table())
    if memory_rows:
        print("\n| opening GeoJSON | file | highest | stays | wanted |\n|---|---|---|---|---|")
        print("\n".join(memory_rows))


def json_pass(stages, path):
    run = Run([stages, "json", path])
    run.seconds = json.loads(run.text)["seconds"]
    return run


def reading(stages, path):
    run = Run([stages, "open", path])
    run.seconds = json.loads(run.text)["read"]
    return run


def memory(stages, path, count, kind):
    found = json.loads(Run([stages, "open", path]).text)
    size = path.stat().st_size / 1000
    highest, stays = found["highest_kb"] * 1.024, found["stays_kb"] * 1.024
    bars = "≤ 1.2×, ≤ 0.5×" if kind == "points" else "≤ 1.8×, ≤ 0.8×"
    line = (f"| {count} {kind} | {size / 1000:.0f} MB | {highest / 1000:.0f} MB, {highest / size:.2f}× | "
            f"{stays / 1000:.0f} MB, {stays / size:.2f}× | {bars} |")
    print(line, file=sys.stderr)
    return line


def transform(contest, stages, path, count, kind, features):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "positions"
        found = json.loads(Run([stages, "transform", path, out]).text)
        try:
            bulk = Run([sys.executable, HERE / "proj_bulk.py", out, found["crs"]])
        except Missing as missing:
            print(f"left out: transform: {missing}", file=sys.stderr)
            return
    seconds, distance = (float(number) for number in bulk.text.split())
    share = seconds / os.cpu_count()
    for when, mine in (("first time", found["first"]), ("transformers made", found["seconds"])):
        contest.add(
            f"transform {count} {kind}, {found['positions']:,} positions, {when}; "
            f"at most {distance * 1000:.4f} mm off", features, mine,
            f"PROJ ÷ {os.cpu_count()} cores", share, "≤ 1.20×",
        )


def per_area(contest, stages, folder, count, features):
    """Both print their seconds and then the counts, which are to be the same."""
    areas, points = folder / "areas.geojson", folder / "trees.parquet"
    if not areas.exists():
        print(f"left out: numbers per area: {areas} is not there", file=sys.stderr)
        return
    ours = [stages, "areas", areas, points]
    theirs = [sys.executable, HERE / "per_area.py", "count", areas, points]
    try:
        counts = [Run(side).text.split()[1:] for side in (ours, theirs)]
    except Missing as missing:
        print(f"left out: numbers per area: {missing}", file=sys.stderr)
        return
    same = "the same counts" if counts[0] == counts[1] else "OTHER COUNTS"
    contest.row(
        f"count {count} points in {len(counts[0])} areas, {same}", lambda: Run(ours).inner(),
        {"geopandas sjoin": lambda: Run(theirs).inner()}, {"geopandas sjoin": "≤ 1 s"}, features,
    )


def write(contest, belfort, folder, layer, count, kind, features):
    source = folder / f"{layer}.geojson"
    with tempfile.TemporaryDirectory(dir=folder) as made:
        made = pathlib.Path(made)

        def fresh(command):
            for old in made.iterdir():
                old.unlink()
            return Run(command)

        if layer == "trees":
            ours = [belfort, "convert", source, made / "out.geojson"]
            theirs = ["ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15",
                      made / "out.geojson", source]
            work, bar = f"GeoJSON to GeoJSON, {count} {kind}", "≥ 8× faster"
        else:
            ours = [belfort, "convert", source, made / "out.shp", "--crs", "EPSG:31370"]
            theirs = ["ogr2ogr", "-f", "ESRI Shapefile", "-t_srs", "EPSG:31370", "-lco",
                      "ENCODING=UTF-8", made / "out.shp", source]
            work, bar = f"GeoJSON to Shapefile in EPSG:31370, {count} {kind}", "≥ 3× faster"
        contest.row(work, lambda: fresh(ours), {"ogr2ogr": lambda: fresh(theirs)},
                    {"ogr2ogr": bar}, features)


def write_database(contest, belfort, source, name, extension, driver, count, kind, features):
    """Reading included: GeoJSON to the format, by both."""
    with tempfile.TemporaryDirectory(dir=source.parent) as made:
        ours, theirs = (pathlib.Path(made) / f"{side}.{extension}" for side in ("ours", "theirs"))

        def fresh(command, out):
            out.unlink(missing_ok=True)
            return Run(command)

        contest.row(
            f"GeoJSON to {name}, {count} {kind}",
            lambda: fresh([belfort, "convert", source, ours], ours),
            {"ogr2ogr": lambda: fresh(["ogr2ogr", "-f", driver, theirs, source], theirs)},
            {"ogr2ogr": "≥ 2× faster"}, features,
        )


def geoparquet(contest, belfort, source, only, count, kind, features):
    """Into Arrow with geometries of shapely, and from the format into itself by geopandas."""
    if not source.exists():
        print(f"left out: GeoParquet: {source} is not there", file=sys.stderr)
        return
    warm(source)
    script = HERE / "parquet.py"
    if only & {"open", "GeoParquet"}:
        contest.row(
            f"open GeoParquet, {count} {kind}", lambda: Run([belfort, "info", "--json", source]),
            {"pyarrow, shapely": lambda: Run([sys.executable, script, "open", source]).inner()},
            {"pyarrow, shapely": "≥ 2× faster"}, features,
        )
    if only & {"write", "GeoParquet"}:
        with tempfile.TemporaryDirectory(dir=source.parent) as made:
            ours, theirs = (pathlib.Path(made) / f"{side}.parquet" for side in ("ours", "theirs"))

            def fresh(command, out):
                out.unlink(missing_ok=True)
                return Run(command)

            copy = [sys.executable, script, "copy", source, theirs]
            contest.row(
                f"GeoParquet to GeoParquet, {count} {kind}",
                lambda: fresh([belfort, "convert", source, ours], ours),
                {"geopandas": lambda: fresh(copy, theirs).inner()},
                {"geopandas": "≥ 2× faster"}, features,
            )


def system_python():
    """QGIS has its own Python: that of the system."""
    return "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else shutil.which("python3")


def pages(contest, belfort, source, count, features):
    """A page of A3: Belfort's whole run, with reading and all that stands on a sheet, beside QGIS's
    export alone."""
    if not source.exists():
        print(f"left out: pages: {source} is not there", file=sys.stderr)
        return
    warm(source)
    with tempfile.TemporaryDirectory(dir=source.parent) as made:
        for kind in ("pdf", "svg", "png"):
            ours, theirs = (pathlib.Path(made) / f"{side}.{kind}" for side in ("ours", "theirs"))
            print_ours = [belfort, "print", source, "--paper", "a3", "--dpi", "300", "--basemap", "none",
                          "--out", ours]
            print_theirs = [system_python(), HERE / "qgis_page.py", source, theirs]

            def size(path):
                return f"{path.stat().st_size / 1e6:.1f}" if path.exists() else "–"

            contest.row(
                f"A3 page as {kind.upper()}, {count} polygons", lambda: Run(print_ours),
                {"QGIS layout": lambda: Run(print_theirs).inner()},
                {"QGIS layout": "≥ 3× faster" + (", ≤ 12 MB" if kind == "pdf" else "")}, features,
            )
            print(f"{kind}: {size(ours)} MB beside {size(theirs)} MB", file=sys.stderr)


def redraw(folder, rounds):
    python = system_python()
    print("\n| QGIS redraws | size | parallel | sequential |\n|---|---|---|---|")
    for width, height in ((1280, 800), (1600, 1000)):
        files = [folder / f"{layer}.shp" for layer in ("trees", "buildings", "streets")]
        try:
            run = Run([python, HERE / "qgis_redraw.py", width, height, rounds, *files])
        except Missing as missing:
            print(f"left out: redraw: {missing}", file=sys.stderr)
            return
        for line in run.text.splitlines():
            path, parallel, sequential = line.rsplit(" ", 2)
            print(f"| {pathlib.Path(path).stem} | {width} × {height} | {float(parallel):.3f} s | "
                  f"{float(sequential):.3f} s |")
    print()


if __name__ == "__main__":
    main()
