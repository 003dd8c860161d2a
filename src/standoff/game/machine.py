"""Machine code of a kernel: made by numba once, kept as an object file, loaded by LLVM alone.

Numba takes a second to start, even for code that it compiled long ago; an object file is loaded in
a tenth of it. What is kept is for one processor and one release of LLVM, named in the file's name.
"""
# pyright: basic

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

Run = Callable[[int, int, int, int, int, int], None]
"""Addresses of the inputs, strides, first and last draw, address of the results, their row length."""
SYMBOL = b"\nstandoff kernel "
_ARGUMENTS = [ctypes.c_int64] * 6


def load_or_compile(name: str, text: str, folder: Path) -> tuple[Run, str]:
    """The kernel of a source text, from the folder if it is there, else compiled and kept.

    A folder that cannot be written is read, one that others can write is not even read: the code is
    then compiled once for each process.
    """
    path = folder / f"{name}-{_machine()}.o"
    held = _held(path) if is_private(folder) else None
    if held is None:
        held = _compile(text)
        _keep(path, held)
    return _load(*held), str(path)


def is_private(folder: Path) -> bool:
    """Whether nobody else can write into the folder of kernels: what lies there is run as it is.

    It must belong to this user or to root, and be closed to the rest; one that is not there yet is made so.
    """
    if sys.platform == "win32" or not folder.exists():  # Rights there follow the user's own folder.
        return True
    found = folder.stat()
    return found.st_uid in (0, os.geteuid()) and not found.st_mode & 0o022


def is_kept(name: str, folder: Path) -> bool:
    """Whether the machine code is on disk for this processor."""
    return _held(folder / f"{name}-{_machine()}.o") is not None


@cache
def _machine() -> str:
    import llvmlite
    import llvmlite.binding as llvm

    features = llvm.get_host_cpu_features().flatten()
    told = (
        f"{llvmlite.__version__} {llvm.get_default_triple()} {llvm.get_host_cpu_name()} {features}"
    )
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _held(path: Path) -> tuple[bytes, str] | None:
    """Object code and symbol of a kept file; None where it is missing or cut short."""
    try:
        code, mark, symbol = path.read_bytes().rpartition(SYMBOL)
    except OSError:
        return None
    return (code, symbol.decode()) if mark and code else None


def _keep(path: Path, held: tuple[bytes, str]) -> None:
    if not is_private(path.parent):
        return
    code, symbol = held
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.write_bytes(code + SYMBOL + symbol.encode())
        fresh.replace(path)
    except OSError:
        # The code is in memory all the same; a folder that cannot be written is no error.
        return


def _compile(text: str) -> tuple[bytes, str]:
    space: dict[str, Any] = {}
    exec(compile(text, "<kernel>", "exec"), space)
    made = space["kernel"]
    return made._library._get_compiled_object(), made._wrapper_name


_engines: list[Any] = []


def _load(code: bytes, symbol: str) -> Run:
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    target = llvm.Target.from_default_triple().create_target_machine()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    # The code lives as long as its engine.
    _engines.append(engine)
    return ctypes.CFUNCTYPE(None, *_ARGUMENTS)(engine.get_function_address(symbol))
