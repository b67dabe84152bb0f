"""What the linear algebra of this Python process runs on."""

import ctypes
import os
from pathlib import Path

NAMES = ("blas", "lapack", "mkl", "dnnl", "blis", "atlas")


def libraries():
    """The loaded libraries, as the links in the file system resolve."""
    with open("/proc/self/maps") as maps:
        files = {line.split()[-1] for line in maps if "/" in line}
    return sorted(os.path.realpath(file) for file in files if any(name in os.path.basename(file) for name in NAMES))


def kernels(files):
    """The processors whose kernels OpenBLAS took, by its own account; empty where there is no OpenBLAS."""
    found = set()
    for file in files:
        corename = getattr(ctypes.CDLL(file), "openblas_get_corename", None) if "blas" in os.path.basename(file) else None
        if corename is not None:
            corename.restype = ctypes.c_char_p
            found.add(corename().decode())
    return sorted(found)


def about():
    """Libraries by folder and name, and kernels, as texts."""
    files = libraries()
    return [os.sep.join(Path(file).parts[-2:]) for file in files] + [f"OpenBLAS with kernels for {name}" for name in kernels(files)]
