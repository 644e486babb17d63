# SPDX-License-Identifier: MIT
"""The map of the vale: what lies where. Places are (x, z) from the north-west corner."""
from dataclasses import dataclass

Place = tuple[float, float]


def rounded(points: list[Place]) -> list[Place]:
    """A line with its corners cut at a quarter of each segment, twice (Chaikin); ends stay."""
    for _ in range(2):
        cut = [points[0]]
        for (ax, az), (bx, bz) in zip(points, points[1:]):
            cut += [(ax * 0.75 + bx * 0.25, az * 0.75 + bz * 0.25),
                    (ax * 0.25 + bx * 0.75, az * 0.25 + bz * 0.75)]
        points = cut[:1] + cut[2:-2] + [points[-1]]
    return [(round(x, 1), round(z, 1)) for x, z in points]


SIZE = 4096.0
CENTRE: Place = (2048, 2048)
WATER_LEVEL = 6.0

TOWN_HEIGHT = 20.0
WALL_DISTANCE = 110.0  # from the centre to the middle of each wall

# The river runs straight below the bridge. It ends in the lake.
RIVER_COURSE: list[Place] = [(1490, 700), (1590, 920), (1520, 1220), (1600, 1520), (1600, 1740),
                             (1600, 2330), (1570, 2480), (1580, 2620), (1545, 2750)]
RIVER = rounded(RIVER_COURSE)
LAKE: Place = (1510, 2790)
LAKE_RADII: Place = (185, 125)

BRIDGE: Place = (1600, 2048)
BRIDGE_HALF_LENGTH = 34.0
BANK_HEIGHT = 12.0  # of the road at both ends of the bridge

# All of the quarry lies on the grid of the height map, so that its walls are as steep as can be.
QUARRY: Place = (2760, 1480)
QUARRY_TOP, QUARRY_TERRACE, QUARRY_FLOOR = 34.0, 22.0, 10.0

JETTY: Place = (1672, 2792)  # where it leaves the shore, towards the west


@dataclass(frozen=True)
class Road:
    name: str
    width: float
    points: list[Place]


def _road(name: str, width: float, points: list[Place]) -> Road:
    return Road(name, width, rounded(points))


ROADS = [
    _road("north_road", 7, [(2048, 2010), (2048, 1780), (2104, 1600), (2050, 1300), (2130, 1000),
                            (2070, 700), (2098, 420)]),
    _road("east_road", 7, [(2086, 2048), (2320, 2048), (2520, 2000), (2800, 2064), (3150, 1986),
                           (3500, 2080), (3680, 2050)]),
    _road("south_road", 7, [(2048, 2086), (2048, 2340), (1980, 2600), (2086, 2900), (2016, 3250),
                            (2058, 3660)]),
    _road("west_road", 7, [(2010, 2048), (1760, 2048), (1400, 2048), (1200, 1996), (950, 2060),
                           (600, 2008), (420, 2040)]),
    _road("quarry_road", 5, [(2530, 2006), (2590, 1820), (2690, 1690), (2760, 1620), (2760, 1555)]),
    _road("lake_road", 5, [(1998, 2600), (1880, 2690), (1800, 2780), (1690, 2792)]),
]
