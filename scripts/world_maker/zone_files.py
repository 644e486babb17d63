# SPDX-License-Identifier: MIT
"""The text of the two zone.yaml files."""
from .dungeon import ENTRANCE_Z, EXIT_Z
from .layout import (BRIDGE, CENTRE, JETTY, QUARRY, QUARRY_FLOOR, ROADS, SIZE, TOWN_HEIGHT,
                     WALL_DISTANCE, WATER_LEVEL)
from .market import MARKET
from .quarry import CAVE_END
from .terrain import HIGH, LOW, SPACING
from .town import spawn_points

_HEADER = """\
# yaml-language-server: $schema=../../schema/zone.schema.json
# Made by: scripts/make-world --seed {seed}
# Places are [east, south] in metres from the north-west corner; heights are those of the zone.
"""

# Where the dead come to stand: beside the roads.
_SHRINES = (
    ("north", (2070.2, 1412.5)), ("east", (2848.1, 2045.4)), ("south", (2046.2, 2787.5)),
    ("west", (1325, 2028.5)), ("quarry", (2733.8, 1646.2)), ("lake", (1850, 2723.8)),
    ("gate", (2051.5, 1811.9)),
)

# Name, look, how it fights, share, walk_m_per_s, roam_radius_m, pause_s, home_distance_m
_CREATURES = (
    ("Deer", 1, ("fights_as: prey", "behaves_as: grazer", "level: [1, 4]"), 5, 1.6, 40, (2, 12),
     (250, 1500)),
    ("Wild boar", 2, ("fights_as: beast", "behaves_as: brawler", "level: [1, 6]"), 3, 1.2, 25,
     (3, 15), (350, 1700)),
    ("Wolf", 3, ("fights_as: beast", "behaves_as: hunter", "hostile: true", "level: [2, 9]"), 2,
     2.2, 80, (1, 8), (600, 1800)),
    ("Dire wolf", 3, ("fights_as: beast", "behaves_as: hunter", "hostile: true", "level: [9, 16]"),
     2, 2.2, 60, (1, 8), (1000, 1850)),
    ("Cow", 4, ("fights_as: prey", "behaves_as: grazer", "level: [1, 2]"), 3, 0.8, 15, (5, 30),
     (180, 420)),
    ("Cutthroat", 5, ("fights_as: cutthroat", "behaves_as: cutthroat", "hostile: true",
                      "level: [5, 14]"), 1, 1.4, 20, (4, 15), (500, 1600)),
    ("Grave acolyte", 5, ("fights_as: acolyte", "behaves_as: acolyte", "hostile: true",
                          "level: [5, 14]"), 1, 1.2, 15, (4, 20), (500, 1600)),
    ("Townsman", 5, (), 3, 1.3, 18, (2, 20), (10, 95)),
)


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _pair(x: float, z: float) -> str:
    return f"[{_number(x)}, {_number(z)}]"


def _model(file: str, place: tuple[float, float], height: float) -> str:
    return f"  - {{file: {file}, at: {_pair(*place)}, height_m: {_number(height)}}}\n"


def _area(name: str, at: tuple[float, float], size: tuple[float, float], low: float, high: float,
          properties: str) -> str:
    return (f"  - {{name: {name}, at: {_pair(*at)}, size_m: {_pair(*size)}, low_m: {_number(low)}, "
            f"high_m: {_number(high)}, properties: [{properties}]}}\n")


def _portal(name: str, at: tuple[float, float], size: tuple[float, float], low: float, high: float,
            leads_to: str) -> str:
    return (f"  - {{name: {name}, at: {_pair(*at)}, size_m: {_pair(*size)}, low_m: {_number(low)}, "
            f"high_m: {_number(high)}, leads_to: {leads_to}}}\n")


def _arrival(name: str, at: tuple[float, float], height: float, facing: int) -> str:
    return ("arrivals:                      # of those who come from another zone\n"
            f"  - {{name: {name}, at: {_pair(*at)}, height_m: {_number(height)}, "
            f"facing_deg: {facing}}}\n")


def _creatures() -> str:
    text = ("creatures:\n"
            "  count: 300                   # tessera serve --creatures N takes another number\n"
            "  kinds:\n")
    for name, look, fights, share, walk, radius, pause, home in _CREATURES:
        text += (f"    - name: {name}\n      look: {look}\n"
                 + "".join(f"      {line}\n" for line in fights) +
                 f"      share: {share}\n"
                 f"      walk_m_per_s: {walk}\n      roam_radius_m: {radius}\n"
                 f"      pause_s: [{pause[0]}, {pause[1]}]\n"
                 f"      home_distance_m: [{home[0]}, {home[1]}]\n")
    return text


def vale_yaml(seed: int, woods: list[str]) -> str:
    """The zone of the vale; `woods` are the names of the files of its trees."""
    text = _HEADER.format(seed=seed) + (
        "zone: vale\ntitle: The Vale\n"
        f"size_m: {_pair(SIZE, SIZE)}\nplayers_max: 5000\n"
        f"terrain: {{file: height.png, spacing_m: {SPACING}, low_m: {_number(LOW)}, "
        f"high_m: {_number(HIGH)}}}\n"
        f"water_level_m: {_number(WATER_LEVEL)}\n"
        "weather: {kind: clear, wind_m_per_s: [1.5, 0.5]}\n"
        'light: {time_of_day_h: 14, sun_colour: "#fff4e0", ambient_colour: "#8aa0b8"}\n'
        "models:\n")
    text += _model("town.glb", CENTRE, TOWN_HEIGHT) + _model("bridge.glb", BRIDGE, 0)
    text += _model("quarry.glb", QUARRY, 0) + _model("jetty.glb", JETTY, 0)
    for file in ("farms.glb", "roads.glb", "rocks.glb", *woods):
        text += _model(file, CENTRE, 0)
    text += "spawn_points:\n"
    for x, z, facing in spawn_points():
        text += f"  - {{at: {_pair(CENTRE[0] + x, CENTRE[1] + z)}, facing_deg: {facing}}}\n"
    x, z = QUARRY[0] + CAVE_END[0], QUARRY[1] + CAVE_END[1]
    text += _arrival("quarry_cave", (x, z + 12), QUARRY_FLOOR, 180)
    text += "roads:                         # their middles; from the market outwards\n"
    for road in ROADS:
        points = ", ".join(_pair(*point) for point in road.points)
        text += f"  - {{name: {road.name}, width_m: {_number(road.width)}, points: [{points}]}}\n"
    side = 2 * (WALL_DISTANCE + 5)
    text += "areas:\n"
    text += _area("market", CENTRE, (2 * MARKET, 2 * MARKET), 15, 40, "safe, no_build")
    text += _area("town", CENTRE, (side, side), 15, 50, "no_build")
    text += _area("bridge", BRIDGE, (80, 12), 0, 30, "no_build")
    text += _area("quarry", QUARRY, (180, 130), 5, 60, "no_build")
    for name, place in _SHRINES:
        text += _area(f"shrine_{name}", place, (16, 16), -20, 120, "graveyard")
    text += _portal("barrow_gate", (x, z + 1.5), (5, 3), QUARRY_FLOOR - 1, QUARRY_FLOOR + 4,
                    "barrow/entrance")
    return text + _creatures()


def barrow_yaml(seed: int, size: float) -> str:
    return _HEADER.format(seed=seed) + (
        "zone: barrow\ntitle: The Barrow\n"
        "instance: true                 # each party has one of its own\n"
        f"size_m: {_pair(size, size)}\nplayers_max: 20\n"
        "bottom_m: -40                  # who falls below is put back\n"
        "weather: {kind: clear, wind_m_per_s: [0, 0]}\n"
        'light: {time_of_day_h: 0, sun_colour: "#20242c", ambient_colour: "#565064"}\n'
        "models:\n" + _model("barrow.glb", (size / 2, size / 2), 0)
        + _arrival("entrance", (size / 2, size / 2 + ENTRANCE_Z), 0, 0)
        + "areas:                         # those of the rooms are in the model\n"
        + _portal("way_out", (size / 2, size / 2 + EXIT_Z - 1.5), (3, 3), -1, 3.2,
                  "vale/quarry_cave"))
