"""PROJ's own time for many positions, and how far Belfort's results lie from it.

Usage: proj_bulk.py POSITIONS CRS, where POSITIONS is what `stages transform` wrote: doubles x, y
of all positions before, then after. Prints the seconds of one call of PROJ for all positions on
one thread (the fastest of three; the transformer is made before) and the largest distance in
metres of the plane of EPSG:3857.
"""

import sys
import time

import numpy
import pyproj

numbers = numpy.fromfile(sys.argv[1], dtype="<f8").reshape(2, -1, 2)
before, after = numbers
transformer = pyproj.Transformer.from_crs(sys.argv[2], "EPSG:3857", always_xy=True)
x, y = (numpy.ascontiguousarray(before[:, at]) for at in (0, 1))
transformer.transform(x[:10], y[:10])
seconds = []
for _ in range(3):
    start = time.perf_counter()
    east, north = transformer.transform(x, y)
    seconds.append(time.perf_counter() - start)
print(min(seconds), float(numpy.hypot(east - after[:, 0], north - after[:, 1]).max()))
