"""Matrix products of NumPy in single precision, to compare times with: python3 benchmarks/numpy_products.py

Prints one line of JSON that says what it runs on, then reads lines "LAYOUT,M,K,N COUNT" and answers each with the seconds that
COUNT products [M, K] x [K, N] took. LAYOUT says how the two factors lie in memory: n row by row, t column by column.
"""

import json
import sys
import time

import numpy

from blas import about


def factor(random, layout, rows, columns):
    if layout == "t":
        return random.standard_normal((columns, rows), dtype=numpy.float32).T
    return random.standard_normal((rows, columns), dtype=numpy.float32)


def main():
    random = numpy.random.default_rng(0)
    factors = {}
    numpy.dot(*[factor(random, "n", 32, 32)] * 2)  # what is loaded on first use is loaded now
    print(json.dumps([f"NumPy {numpy.__version__}", *about()]), flush=True)
    for line in sys.stdin:
        what, count = line.split()
        if what not in factors:
            layout, *sizes = what.split(",")
            m, k, n = map(int, sizes)
            factors = {what: (factor(random, layout[0], m, k), factor(random, layout[1], k, n), numpy.empty((m, n), numpy.float32))}
        a, b, c = factors[what]
        begin = time.perf_counter()
        for _ in range(int(count)):
            numpy.matmul(a, b, out=c)
        print(time.perf_counter() - begin, flush=True)


if __name__ == "__main__":
    main()
