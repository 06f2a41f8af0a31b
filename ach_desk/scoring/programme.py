"""Integer programmes that can be stopped: HiGHS through scipy, in a thread of its own and in slices of growing length.

One programme is a single call into C that cannot be interrupted. It leaves the interpreter free meanwhile, so that it
runs beside the one who waits; who asks to stop is let go at once, and what was begun ends with its slice: after at most
about as long as it had run already.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIRST_SLICE = 2.0
_LOOK_EVERY = 0.05
_OUT_OF_TIME = 1


class StoppedError(Exception):
    """The work was asked to end before there was a result."""


def never() -> bool:
    """Return False: nobody asks to stop."""
    return False


def minimise(
    costs: NDArray[np.float64], table: Any, lows: NDArray[np.float64], *, cancelled: Callable[[], bool] = never
) -> NDArray[np.float64] | None:
    """Return the x of zeros and ones with the least costs @ x for which table @ x >= lows; None: there is none.

    table: an array or a sparse matrix. Raises StoppedError within a tenth of a second or so once `cancelled` holds.
    """
    seconds = _FIRST_SLICE
    while True:
        result = _beside(_Slice(costs, table, lows, seconds), cancelled)
        if result.status != _OUT_OF_TIME:
            return result.x
        seconds *= 2


class _Slice:
    """One run of the solver that ends after so many seconds, solved or not."""

    def __init__(self, costs: NDArray[np.float64], table: Any, lows: NDArray[np.float64], seconds: float) -> None:
        self._given = costs, table, lows, seconds
        self.result: Any = None
        self.error: Exception | None = None

    def run(self) -> None:
        """Solve, and keep the result or what went wrong."""
        try:
            self.result = _solved(*self._given)
        except Exception as error:  # noqa: BLE001 - handed to the one who waits
            self.error = error


def _beside(work: _Slice, cancelled: Callable[[], bool]) -> Any:
    """Return the result of the slice, which runs beside this thread; raises StoppedError once `cancelled` holds."""
    if cancelled():
        raise StoppedError  # a small one may be solved before anybody asks again
    thread = threading.Thread(target=work.run, name="integer programme", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_LOOK_EVERY)
        if cancelled():
            raise StoppedError
    if work.error is not None:
        raise work.error
    return work.result


def _solved(costs: NDArray[np.float64], table: Any, lows: NDArray[np.float64], seconds: float) -> Any:
    from scipy.optimize import Bounds, LinearConstraint, milp

    return milp(
        costs,
        integrality=np.ones(len(costs)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(table, lb=lows),  # pyright: ignore[reportArgumentType] - an array is taken
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
