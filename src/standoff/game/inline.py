"""Scalar functions that a generated kernel inlines: no branches, no calls, so that they vectorise.

Imported by generated code only; needs numba (extra `fast`).
"""
# pyright: basic, reportCallIssue=false

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

INLINE = {
    "fastmath": {"contract", "nsz", "nnan", "arcp"},
    "nogil": True,
    "error_model": "numpy",
}
MAGIC = 6755399441055744.0
LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
BOUND = 300.0
"""Arguments of choices beyond this are clipped; the draws concerned are solved by NumPy instead."""


@intrinsic
def bits(typingctx, x):
    """The bits of a double as an integer."""

    def generate(context, builder, signature, args):
        return builder.bitcast(args[0], ir.IntType(64))

    return types.int64(types.float64), generate


@intrinsic
def double(typingctx, x):
    """The double of an integer's bits."""

    def generate(context, builder, signature, args):
        return builder.bitcast(args[0], ir.DoubleType())

    return types.float64(types.int64), generate


@intrinsic
def peek(typingctx, address):
    """The double at an address."""

    def generate(context, builder, signature, args):
        pointer = builder.inttoptr(args[0], ir.DoubleType().as_pointer())
        return builder.load(pointer)

    return types.float64(types.int64), generate


@intrinsic
def get(typingctx, array, index):
    """array[index] without the test for negative indices, which would block vectorising."""

    def generate(context, builder, signature, args):
        data = context.make_array(signature.args[0])(context, builder, args[0]).data
        return builder.load(builder.gep(data, [args[1]], inbounds=True))

    return types.float64(array, types.int64), generate


@intrinsic
def put(typingctx, array, index, value):
    """array[index] = value, likewise."""

    def generate(context, builder, signature, args):
        data = context.make_array(signature.args[0])(context, builder, args[0]).data
        builder.store(args[2], builder.gep(data, [args[1]], inbounds=True))
        return context.get_constant_null(types.void) if False else None

    return types.void(array, types.int64, types.float64), generate


@njit(**INLINE)
def exp(x):
    """exp by reduction to +-ln2/2 and a polynomial; relative error below 5e-16, |x| <= 700."""
    x = min(max(x, -700.0), 700.0)
    t = x * 1.4426950408889634 + MAGIC
    k = t - MAGIC
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    p = 2.505210838544172e-08
    p = p * r + 2.755731922398589e-07
    p = p * r + 2.755731922398589e-06
    p = p * r + 2.48015873015873e-05
    p = p * r + 1.984126984126984e-04
    p = p * r + 1.388888888888889e-03
    p = p * r + 8.333333333333333e-03
    p = p * r + 4.1666666666666664e-02
    p = p * r + 1.6666666666666666e-01
    p = p * r + 0.5
    p = p * r * r + r + 1.0
    return p * double((bits(t) + 1023) << 52)


@njit(**INLINE)
def log(x):
    """log of a positive normal number: exponent and the series of atanh; error about 4e-16."""
    b = bits(x)
    k = (b - 0x3FE6A09E667F3BCD) >> 52
    m = double(b - (k << 52))
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    p = 1.0 / 21.0
    p = p * z + 1.0 / 19.0
    p = p * z + 1.0 / 17.0
    p = p * z + 1.0 / 15.0
    p = p * z + 1.0 / 13.0
    p = p * z + 1.0 / 11.0
    p = p * z + 1.0 / 9.0
    p = p * z + 1.0 / 7.0
    p = p * z + 0.2
    p = p * z + 1.0 / 3.0
    exponent = double(k + 4843621399236968448) - MAGIC
    return exponent * 0.6931471805599453 + 2.0 * (s + s * z * p)


@njit(**INLINE)
def positive(x):
    """The larger of x and zero."""
    return max(x, 0.0)


@njit(**INLINE)
def logistic(x):
    """1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + exp(-x))


@njit(**INLINE)
def clip(x):
    """Within the range in which products of powers stay finite."""
    return min(max(x, -BOUND), BOUND)


__all__ = [
    "INLINE",
    "clip",
    "exp",
    "get",
    "log",
    "logistic",
    "njit",
    "np",
    "peek",
    "positive",
    "put",
]
