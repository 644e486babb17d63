# SPDX-License-Identifier: MIT
"""Where can a character walk? A slow and simple answer, to test worlds with.

Columns of the world are cut into free and solid spans: a vertical line meets closed solids in tops
and undersides, and where as many have been left as entered it is free. A character of 0.4 m radius
and 1.8 m height stands on the floor of a span when there is room at its middle and at eight points
round it, above the step of 0.4 m that it may climb. A flood over a grid finds where it can get.
"""
import math
from collections import deque
from typing import Callable, Iterable

from glb_reader import Triangle

_RING = ((4, 0), (3, 3), (0, 4), (-3, 3), (-4, 0), (-3, -3), (0, -4), (3, -3))  # decimetres
_STEP_UP, _HEIGHT = 0.4, 1.8
_CELL = 2.0  # of the index of triangles
# Lines stand a little off round numbers, so that they meet no edge between two triangles.
_OFF_X, _OFF_Z = 0.0137, 0.0071


class Walker:
    def __init__(self, triangles: Iterable[Triangle],
                 ground: Callable[[float, float], float] | None = None):
        self._ground = ground
        self._cells: dict[tuple[int, int], list[Triangle]] = {}
        self._spans: dict[tuple[int, int], list[tuple[float, float]]] = {}
        self.open_columns = 0  # lines along which solids do not close: should be none
        for triangle in triangles:
            xs, zs = [p[0] for p in triangle], [p[2] for p in triangle]
            for i in range(math.floor(min(xs) / _CELL), math.floor(max(xs) / _CELL) + 1):
                for k in range(math.floor(min(zs) / _CELL), math.floor(max(zs) / _CELL) + 1):
                    self._cells.setdefault((i, k), []).append(triangle)

    def spans(self, x: int, z: int) -> list[tuple[float, float]]:
        """Floors and ceilings of the free spans above a place, in decimetres, from above down."""
        spans = self._spans.get((x, z))
        if spans is None:
            spans = self._spans[x, z] = self._cut(x / 10 + _OFF_X, z / 10 + _OFF_Z)
        return spans

    def _cut(self, x: float, z: float) -> list[tuple[float, float]]:
        met = []
        for a, b, c in self._cells.get((math.floor(x / _CELL), math.floor(z / _CELL)), ()):
            area = (b[2] - a[2]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[2] - a[2])
            if area == 0:
                continue
            u = ((z - a[2]) * (c[0] - a[0]) - (x - a[0]) * (c[2] - a[2])) / area
            v = ((b[2] - a[2]) * (x - a[0]) - (b[0] - a[0]) * (z - a[2])) / area
            if u >= 0 and v >= 0 and u + v <= 1:
                met.append((a[1] + u * (b[1] - a[1]) + v * (c[1] - a[1]), 1 if area > 0 else -1))
        if self._ground:
            met.append((self._ground(x, z), 1))
        met.sort(reverse=True)
        spans, ceiling, depth = [], math.inf, 0
        for height, entered in met:
            if depth == 0 and entered > 0:
                spans.append((height, ceiling))
            depth += entered
            ceiling = height
        if depth != (1 if self._ground else 0):
            self.open_columns += 1
        return spans

    def floor(self, x: int, z: int, feet: float, climb: float) -> float | None:
        """The floor that feet at a height reach, when the character has room there."""
        for floor, ceiling in self.spans(x, z):
            if abs(floor - feet) <= climb and ceiling >= floor + _HEIGHT:
                low, high = floor + _STEP_UP + 0.1, floor + _HEIGHT
                if all(any(f <= low and c >= high for f, c in self.spans(x + dx, z + dz))
                       for dx, dz in _RING):
                    return floor
        return None

    def flood(self, start: tuple[float, float, float], low: tuple[float, float],
              high: tuple[float, float], step: int = 2,
              climb: float = _STEP_UP) -> dict[tuple[int, int], list[float]]:
        """The floors that can be reached from a start, by place in decimetres.

        `step` is the grid's, in decimetres; `climb` how much floors of neighbours may differ.
        """
        x0, z0 = round(start[0] * 10), round(start[2] * 10)
        first = self.floor(x0, z0, start[1], 1.0)
        assert first is not None, f"no room at the start {start}"
        reached = {(x0, z0): [first]}
        queue = deque([(x0, z0, first)])
        while queue:
            x, z, feet = queue.popleft()
            for dx, dz in ((step, 0), (-step, 0), (0, step), (0, -step)):
                place = (x + dx, z + dz)
                if not (low[0] <= place[0] / 10 <= high[0] and low[1] <= place[1] / 10 <= high[1]):
                    continue
                known = reached.get(place, ())
                if any(abs(floor - feet) <= climb for floor in known):
                    continue
                floor = self.floor(*place, feet, climb)
                if floor is not None:
                    reached.setdefault(place, []).append(floor)
                    queue.append((*place, floor))
        return reached


def is_reached(reached: dict[tuple[int, int], list[float]], place: tuple[float, float, float],
               within: float = 0.5) -> bool:
    """Was a floor reached so near to a place?"""
    reach = round(within * 10)
    x, z = round(place[0] * 10), round(place[2] * 10)
    return any(abs(floor - place[1]) < 0.3
               for dx in range(-reach, reach + 1) for dz in range(-reach, reach + 1)
               for floor in reached.get((x + dx, z + dz), ()))
