# SPDX-License-Identifier: MIT
"""The height map: hills, mountains round the edge, a river, a lake, and level ground for what is
built. Each square of the grid is two triangles, split from north-west to south-east.
"""
import math

from .layout import (BANK_HEIGHT, BRIDGE, CENTRE, LAKE, LAKE_RADII, RIVER, RIVER_COURSE, ROADS,
                     SIZE, TOWN_HEIGHT, WATER_LEVEL, Place, Road)
from .noise import blend, mix64, smooth, value_noise

SPACING = 8
SAMPLES = int(SIZE) // SPACING + 1
LOW, HIGH = -60.0, 260.0
_ROUNDING = 8  # samples are multiples of 8, 4 cm, so that the image compresses well

_OCTAVES = ((1100, 44), (480, 20), (210, 8), (80, 2.2))  # wavelength and height, metres
_VALLEY = 12.5  # the land does not fall below; only river and lake do
_EDGE_WIDTH, _EDGE_HEIGHT = 150.0, 166.0
_TOWN_RADIUS, _TOWN_BLEND = 190.0, 330.0
_ROAD_REACH = 48.0
_RIVER_REACH = 140.0
_UPLAND = 15.0  # how much higher than the town the land is on the whole


def near_segment(place: Place, a: Place, b: Place) -> tuple[float, float]:
    """Distance of a place from a segment, and how far along it (0 to 1) the nearest point is."""
    dx, dz = b[0] - a[0], b[1] - a[1]
    t = ((place[0] - a[0]) * dx + (place[1] - a[1]) * dz) / (dx * dx + dz * dz)
    t = min(max(t, 0.0), 1.0)
    x, z = a[0] + dx * t - place[0], a[1] + dz * t - place[1]
    return math.sqrt(x * x + z * z), t


def distance_to_line(place: Place, points: list[Place]) -> float:
    return min(near_segment(place, a, b)[0] for a, b in zip(points, points[1:]))


def points_along(points: list[Place], step: float) -> list[Place]:
    """Points along a line of segments, at most `step` apart, with both ends."""
    found = [points[0]]
    for a, b in zip(points, points[1:]):
        parts = math.ceil(math.dist(a, b) / step)
        found += [(blend(a[0], b[0], i / parts), blend(a[1], b[1], i / parts))
                  for i in range(1, parts + 1)]
    return found


class Terrain:
    def __init__(self, seed: int):
        self._heights = [[0.0] * SAMPLES for _ in range(SAMPLES)]
        seeds = []
        for _ in _OCTAVES:
            seed = mix64(seed)
            seeds.append(seed)
        for row in range(SAMPLES):
            for column in range(SAMPLES):
                self._heights[row][column] = _wild(seeds, (column * SPACING, row * SPACING))
        self._carve_river()
        self._carve_lake()

    @classmethod
    def of_heights(cls, heights: list[list[float]]) -> "Terrain":
        """Land that is known already, row by row from the north."""
        land = cls.__new__(cls)
        land._heights = heights
        return land

    def settle(self) -> list[list[int]]:
        """Rounds the heights to samples of the image, which are returned: 0 is LOW, 65535 HIGH.

        What is placed on the ground afterwards stands on the ground that the server has.
        """
        def sample(height: float) -> int:
            steps = (height - LOW) * 65535 / (HIGH - LOW)
            return min(max(math.floor(steps / _ROUNDING + 0.5) * _ROUNDING, 0), 65528)
        rows = [[sample(height) for height in row] for row in self._heights]
        self._heights = [[LOW + value * (HIGH - LOW) / 65535 for value in row] for row in rows]
        return rows

    def height_at(self, x: float, z: float) -> float:
        """The ground, as the server's height field has it."""
        column = min(max(int(x // SPACING), 0), SAMPLES - 2)
        row = min(max(int(z // SPACING), 0), SAMPLES - 2)
        u, v = x / SPACING - column, z / SPACING - row
        north, south = self._heights[row], self._heights[row + 1]
        north_west, south_east = north[column], south[column + 1]
        if u > v:
            corner = north[column + 1]
            return north_west + (corner - north_west) * u + (south_east - corner) * v
        corner = south[column]
        return north_west + (south_east - corner) * u + (corner - north_west) * v

    def slope_at(self, x: float, z: float, reach: float = 4) -> float:
        """The steepest rise per metre towards four sides."""
        here = self.height_at(x, z)
        return max(abs(self.height_at(x + dx, z + dz) - here) / reach
                   for dx, dz in ((reach, 0), (-reach, 0), (0, reach), (0, -reach)))

    def level(self, centre: Place, radius: float, border: float, height: float) -> None:
        """Level ground within a radius, blended into the land over a border."""
        for row, column, place in self._near([centre], radius + border):
            share = 1 - smooth((math.dist(place, centre) - radius) / border)
            self._heights[row][column] = blend(self._heights[row][column], height, share)

    def set_rectangle(self, low: Place, high: Place, height: float) -> None:
        """One height for all samples within a rectangle, its border included."""
        for row in range(math.ceil(low[1] / SPACING), math.floor(high[1] / SPACING) + 1):
            for column in range(math.ceil(low[0] / SPACING), math.floor(high[0] / SPACING) + 1):
                self._heights[row][column] = height

    def lay_roads(self) -> None:
        """Levels the land beside all roads across, and smooths it along."""
        for road in ROADS:
            points = points_along(road.points, SPACING)
            heights = self._road_heights(points)
            targets: dict[tuple[int, int], tuple[float, float]] = {}
            for (a, low), (b, high) in zip(zip(points, heights), zip(points[1:], heights[1:])):
                for row, column, place in self._near([a, b], _ROAD_REACH):
                    distance, t = near_segment(place, a, b)
                    best = targets.get((row, column))
                    if best is None or distance < best[0]:
                        targets[row, column] = (distance, blend(low, high, t))
            self._apply_road(road, targets)

    def _apply_road(self, road: Road, targets: dict[tuple[int, int], tuple[float, float]]) -> None:
        flat = road.width / 2 + SPACING  # all triangles that the road touches
        for (row, column), (distance, height) in targets.items():
            place = (column * SPACING, row * SPACING)
            if distance > _ROAD_REACH or distance_to_line(place, RIVER) < 28:
                continue
            share = 1 - smooth((distance - flat) / (_ROAD_REACH - flat))
            self._heights[row][column] = blend(self._heights[row][column], height, share)

    def _road_heights(self, points: list[Place]) -> list[float]:
        def pinned(place: Place) -> float | None:
            if math.dist(place, CENTRE) < _TOWN_RADIUS - _ROAD_REACH:
                return TOWN_HEIGHT
            return BANK_HEIGHT if math.dist(place, BRIDGE) < 48 else None
        fixed = [pinned(place) for place in points]
        heights = [self.height_at(*place) for place in points]
        ends = (heights[0], heights[-1])
        for _ in range(60):
            heights = [height if pin is None else pin for height, pin in zip(heights, fixed)]
            padded = [heights[0], *heights, heights[-1]]
            heights = [(a + 2 * b + c) / 4 for a, b, c in zip(padded, padded[1:], padded[2:])]
            heights[0], heights[-1] = ends
        return [height if pin is None else pin for height, pin in zip(heights, fixed)]

    def _carve_river(self) -> None:
        for row, column, place in self._near(RIVER, _RIVER_REACH):
            distance = distance_to_line(place, RIVER)
            if distance < _RIVER_REACH:
                allowed = _river_profile(distance)
                self._heights[row][column] = min(self._heights[row][column], allowed)

    def _carve_lake(self) -> None:
        for row, column, place in self._near([LAKE], 3 * max(LAKE_RADII)):
            x, z = ((p - c) / r for p, c, r in zip(place, LAKE, LAKE_RADII))
            bay = 0.14 * value_noise(99, place[0] / 90, place[1] / 90)
            out = math.sqrt(x * x + z * z) - 1 + bay
            allowed = WATER_LEVEL + (26 * out + 40 * out * out if out > 0 else 11 * out)
            self._heights[row][column] = min(self._heights[row][column], allowed)

    def _near(self, points: list[Place], reach: float):
        """Rows, columns and places of all samples in the rectangle round points."""
        def span(values: list[float]) -> range:
            return range(max(math.ceil((min(values) - reach) / SPACING), 0),
                         min(math.floor((max(values) + reach) / SPACING), SAMPLES - 1) + 1)
        for row in span([z for _, z in points]):
            for column in span([x for x, _ in points]):
                yield row, column, (column * SPACING, row * SPACING)


def _wild(seeds: list[int], place: Place) -> float:
    """Before anybody built: hills over a valley, level land for the town, mountains."""
    x, z = place
    hills = _UPLAND + sum(height * value_noise(seed, x / wavelength, z / wavelength)
                          for seed, (wavelength, height) in zip(seeds, _OCTAVES))
    # Gentle land about the town, the river and the lake.
    share = min(smooth((math.dist(place, CENTRE) - _TOWN_RADIUS) / _TOWN_BLEND),
                smooth((distance_to_line(place, RIVER_COURSE) - 40) / 320),
                smooth((math.dist(place, LAKE) - LAKE_RADII[0] - 30) / 320))
    land = _at_least(_VALLEY, TOWN_HEIGHT + hills * share, 6)
    # Mountains of uneven width and height; even 150 m on 170 m is too steep to climb.
    to_edge = min(x, z, SIZE - x, SIZE - z)
    width = _EDGE_WIDTH + 20 * value_noise(seeds[0], x / 170, z / 170)
    height = _EDGE_HEIGHT + 16 * value_noise(seeds[1], x / 90, z / 90)
    return min(land + height * smooth(1 - to_edge / width), HIGH - 2)


def _at_least(floor: float, height: float, softness: float) -> float:
    """The larger of both, with a soft bend; `height` itself when it is well above."""
    share = min(max(0.5 + 0.5 * (height - floor) / softness, 0.0), 1.0)
    return blend(floor, height, share) + softness * share * (1 - share)


def _river_profile(distance: float) -> float:
    """How high the land may be, so far from the river: bed, bank, and the slope behind it."""
    if distance < 7:
        return 2.0
    if distance < 28:
        return 2 + (BANK_HEIGHT - 2) * (distance - 7) / 21
    return BANK_HEIGHT + (distance - 28) * 0.35
