"""Bodies of a generated kernel, written straight into LLVM's language.

A body is the text of one loop's lines: assignments of + - * /, exp, log, logistic, positive,
clip, abs, max, min and of reads and writes of the work array. Numba would spend most of its time
in finding the types of such lines, one by one; here all are doubles, so each line is translated as
it stands, without branches or calls, and LLVM turns the loop over lanes into vector instructions.

Imported by generated code only; needs numba (extra `fast`).
"""
# pyright: basic, reportCallIssue=false, reportOperatorIssue=false
# pyright: reportOptionalOperand=false, reportAttributeAccessIssue=false

import ast
import math
from typing import Any

from llvmlite import ir
from numba import cfunc, types
from numba.core import cgutils
from numba.extending import intrinsic

OUTER = {
    "fastmath": {"contract", "nsz", "nnan", "arcp"},
    "error_model": "numpy",
}
SIGNATURE = types.void(*[types.int64] * 6)
FLAGS = ("contract", "nsz", "nnan", "arcp")
DOUBLE, INTEGER = ir.DoubleType(), ir.IntType(64)
MAGIC = 6755399441055744.0
LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
BOUND = 300.0
"""Arguments of choices beyond this are clipped; the draws concerned are solved by NumPy instead."""
EXP = [1.0 / math.factorial(k) for k in range(11, 2, -1)] + [0.5]
ATANH = [1.0 / k for k in range(21, 6, -2)] + [0.2, 1.0 / 3.0]


@intrinsic
def peek(typingctx, address):
    """The double at an address."""

    def generate(context, builder, signature, args):
        pointer = builder.inttoptr(args[0], DOUBLE.as_pointer())
        return builder.load(pointer)

    return types.float64(types.int64), generate


@intrinsic
def whole(typingctx, address):
    """The whole number at an address."""

    def generate(context, builder, signature, args):
        return builder.load(builder.inttoptr(args[0], INTEGER.as_pointer()))

    return types.int64(types.int64), generate


@intrinsic
def put_at(typingctx, address, value):
    """Store a double at an address."""

    def generate(context, builder, signature, args):
        builder.store(args[1], builder.inttoptr(args[0], DOUBLE.as_pointer()))
        return context.get_dummy_value()

    return types.void(types.int64, types.float64), generate


def stack(count):
    """An operation that gives the address of `count` doubles which live as long as the call."""

    @intrinsic
    def scratch(typingctx):
        def generate(context, builder, signature, args):
            held = cgutils.alloca_once(builder, DOUBLE, size=INTEGER(count))
            return builder.ptrtoint(held, INTEGER)

        return types.int64(), generate

    return scratch


class _Writer:
    """Writes the lines of one body through an IR builder, `data` the work array, `i` the lane."""

    def __init__(self, builder, data, i):
        self.b, self.data, self.i = builder, data, i
        self.known = {}

    def number(self, value):
        return ir.Constant(DOUBLE, float(value))

    def add(self, a, b):
        return self.b.fadd(a, b, flags=FLAGS)

    def sub(self, a, b):
        return self.b.fsub(a, b, flags=FLAGS)

    def mul(self, a, b):
        return self.b.fmul(a, b, flags=FLAGS)

    def div(self, a, b):
        return self.b.fdiv(a, b, flags=FLAGS)

    def max(self, a, b):
        return self.b.select(self.b.fcmp_ordered(">", a, b, flags=FLAGS), a, b)

    def min(self, a, b):
        return self.b.select(self.b.fcmp_ordered("<", a, b, flags=FLAGS), a, b)

    def abs(self, a):
        return self.max(a, self.sub(self.number(0.0), a))

    def positive(self, a):
        return self.max(a, self.number(0.0))

    def clip(self, a):
        """Within the range in which products of powers stay finite."""
        return self.min(self.max(a, self.number(-BOUND)), self.number(BOUND))

    def series(self, x, numbers):
        total = self.number(numbers[0])
        for v in numbers[1:]:
            total = self.add(self.mul(total, x), self.number(v))
        return total

    def exp(self, x):
        """By reduction to +-ln2/2 and a polynomial; relative error below 5e-16, |x| <= 700."""
        n = self.number
        x = self.min(self.max(x, n(-700.0)), n(700.0))
        # Adding MAGIC rounds to a whole number; it must not be folded away, so without flags.
        t = self.b.fadd(self.mul(x, n(1.4426950408889634)), n(MAGIC))
        k = self.b.fsub(t, n(MAGIC))
        r = self.sub(self.sub(x, self.mul(k, n(LN2_HIGH))), self.mul(k, n(LN2_LOW)))
        p = self.add(self.add(self.mul(self.mul(self.series(r, EXP), r), r), r), n(1.0))
        whole = self.b.add(self.b.bitcast(t, INTEGER), INTEGER(1023))
        return self.mul(p, self.b.bitcast(self.b.shl(whole, INTEGER(52)), DOUBLE))

    def log(self, x):
        """Of a positive normal number: exponent and the series of atanh; error about 4e-16."""
        n, b = self.number, self.b
        bits = b.bitcast(x, INTEGER)
        k = b.ashr(b.sub(bits, INTEGER(0x3FE6A09E667F3BCD)), INTEGER(52))
        m = b.bitcast(b.sub(bits, b.shl(k, INTEGER(52))), DOUBLE)
        s = self.div(self.sub(m, n(1.0)), self.add(m, n(1.0)))
        z = self.mul(s, s)
        shifted = b.bitcast(b.add(k, INTEGER(4843621399236968448)), DOUBLE)
        exponent = b.fsub(shifted, n(MAGIC))
        rest = self.add(s, self.mul(self.mul(s, z), self.series(z, ATANH)))
        return self.add(self.mul(exponent, n(0.6931471805599453)), self.mul(n(2.0), rest))

    def logistic(self, x):
        return self.div(
            self.number(1.0),
            self.add(self.number(1.0), self.exp(self.sub(self.number(0.0), x))),
        )

    def place(self, node: Any):
        """The address W + offset + i of a read or write."""
        offset = node.left.value if isinstance(node, ast.BinOp) else 0
        at = self.b.add(self.i, INTEGER(offset))
        return self.b.gep(self.data, [at], inbounds=True)

    def value(self, node: Any):
        if isinstance(node, ast.Name):
            return self.known[node.id]
        if isinstance(node, ast.Constant):
            return self.number(node.value)
        if isinstance(node, ast.UnaryOp):
            if isinstance(node.operand, ast.Constant):
                return self.number(-node.operand.value)
            return self.sub(self.number(0.0), self.value(node.operand))
        if isinstance(node, ast.BinOp):
            work = {ast.Add: self.add, ast.Sub: self.sub, ast.Mult: self.mul, ast.Div: self.div}
            return work[type(node.op)](self.value(node.left), self.value(node.right))
        if node.func.id == "get":
            return self.b.load(self.place(node.args[1]))
        return getattr(self, node.func.id)(*[self.value(a) for a in node.args])

    def line(self, node: Any):
        if isinstance(node, ast.Assign):
            self.known[node.targets[0].id] = self.value(node.value)
        else:
            call = node.value
            self.b.store(self.value(call.args[2]), self.place(call.args[1]))


def body(text):
    """An operation (work array, lane) that does the lines of `text`."""

    @intrinsic
    def lines(typingctx, work, lane):
        def generate(context, builder, signature, args):
            data = builder.inttoptr(args[0], DOUBLE.as_pointer())
            writer = _Writer(builder, data, args[1])
            for node in ast.parse(text).body:
                writer.line(node)
            return context.get_dummy_value()

        return types.void(work, types.int64), generate

    return lines


__all__ = ["OUTER", "SIGNATURE", "body", "cfunc", "peek", "put_at", "stack", "whole"]
