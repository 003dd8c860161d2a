"""Time and laws of quantities found; the examples stand with the grammar."""

from __future__ import annotations

from standoff.read.quantities import find_quantities


def test_time_is_linear_in_the_length() -> None:
    import time

    unit = (
        "Some 1,200 troops, 500 to 600 missiles and $3.5 billion within 70 nautical miles, up 12%. "
    )

    def spent(times: int) -> float:
        # Processor time, the best of three: other programs on the machine do not count.
        taken: list[float] = []
        for _ in range(3):
            begun = time.process_time()
            find_quantities(unit * times)
            taken.append(time.process_time() - begun)
        return min(taken)

    # Four times the text; sixteen times the time would be quadratic. Six leaves room for noise.
    assert spent(800) < 6 * spent(200) + 0.05
