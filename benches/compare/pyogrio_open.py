"""Opens a file with pyogrio into Arrow and prints the seconds it took, without the import."""

import sys
import time

import pyarrow  # noqa: F401  (pyogrio loads it at the first read otherwise)
import pyogrio

start = time.perf_counter()
_, table = pyogrio.read_arrow(sys.argv[1])
print(time.perf_counter() - start, table.num_rows)
