# SPDX-License-Identifier: MIT
"""The town: walls, streets, houses, town hall and inn, and the market square in the middle.

The model's origin is the middle of the town, on the ground.
"""
import math

from .glb import Model
from .house import HouseBuilder
from .house_plans import INN, STREET_PLANS, TOWN_HALL
from .market import MARKET, build_market
from .mesh import Mesh, box
from .noise import Stream
from .town_wall import build_walls
from .woods import tree

_FIRST_PLOT, _PLOT = 12.5, 16.3
_PLOTS = [side * (_FIRST_PLOT + _PLOT * i) for i in range(6) for side in (-1, 1)]
_STREET = 4.5  # half of its width
_EMPTY = 0.24  # the share of plots that are gardens


def plots(seed: int) -> tuple[list[tuple[int, float, float, float]], list[tuple[float, float]]]:
    """The houses, as plan number, x, z and turn, and the places of gardens.

    Doors look to the nearer main street.
    """
    chance = Stream(seed, "houses")
    houses, gardens = [], []
    for z in sorted(_PLOTS):
        for x in sorted(_PLOTS):
            on_market = max(abs(x), abs(z)) < MARKET
            # The hall and the inn take two plots each, at opposite corners of the square.
            beside = MARKET < abs(x) < 50 and abs(z) < 30 and (x > 0) == (z > 0)
            if on_market or beside:
                continue
            if chance.chance(_EMPTY):
                gardens.append((x, z))
                continue
            if abs(x) < abs(z):
                turn = 90 if x > 0 else -90
            else:
                turn = 180 if z > 0 else 0
            houses.append((chance.below(len(STREET_PLANS)), x + chance.between(-1, 1),
                           z + chance.between(-1, 1), turn + chance.between(-5, 5)))
    return houses, gardens


def _gardens(model: Model, seed: int, places: list[tuple[float, float]]) -> None:
    """Two trees and a few beds on each plot where no house stands."""
    chance = Stream(seed, "gardens")
    trees = [tuple(model.mesh(part) for part in tree(kind, chance)) for kind in (3, 4, 5)]
    bed = model.mesh(box("leaves", (-1.8, -0.3, -0.5), (1.8, 0.25, 0.5)))
    for x, z in places:
        for side in (-1, 1):
            at = (x + 3.5 * side, 0, z + chance.between(-4, 4))
            trunk, crown = trees[chance.below(3)]
            model.node(trunk, at, extras={"walkable": False})
            model.node(crown, at, extras={"collision": False})
        for row in (-1.6, 0, 1.6):
            model.node(bed, (x, 0, z + row), extras={"collision": False})


def _paving() -> Mesh:
    """Streets and the square, a hand's breadth of nothing above the ground: drawn only."""
    mesh = Mesh()

    def sheet(x0: float, z0: float, x1: float, z1: float) -> None:
        mesh.quad("cobble", (x0, 0.03, z1), (x1, 0.03, z1), (x1, 0.03, z0), (x0, 0.03, z0))
    sheet(-MARKET, -MARKET, MARKET, MARKET)
    for sign in (-1, 1):
        near, far = sorted((sign * MARKET, sign * 116))
        sheet(-_STREET, near, _STREET, far)
        sheet(near, -_STREET, far, _STREET)
    return mesh


def _lamps(model: Model) -> None:
    """Posts along the main streets; a main street is free for 9 m."""
    posts = model.mesh(box("timber", (-0.15, -1, -0.15), (0.15, 3.2, 0.15)))
    lights = model.mesh(box("glow", (-0.25, 3.1, -0.25), (0.25, 3.6, 0.25)))
    for distance in (44, 62, 80, 98):
        for x, z in ((_STREET, -distance), (-_STREET, distance), (distance, _STREET),
                     (-distance, -_STREET)):
            model.node(posts, (x, 0, z), extras={"walkable": False})
            model.node(lights, (x, 0, z), extras={"collision": False})


def build_town(seed: int) -> Model:
    model = Model()
    build_walls(model)
    model.node(model.mesh(_paving()), name="paving", extras={"collision": False})
    houses = HouseBuilder(model)
    built, gardens = plots(seed)
    for number, (plan, x, z, turn) in enumerate(built, 1):
        houses.build(STREET_PLANS[plan], f"house_{number}", (x, 0, z), round(turn, 1))
    houses.build(TOWN_HALL, "town_hall", (-46, 0, -18), -90)
    houses.build(INN, "inn", (46, 0, 18), 90)
    _gardens(model, seed, gardens)
    _lamps(model)
    build_market(model, seed)
    return model


def spawn_points() -> list[tuple[float, float, int]]:
    """x and z from the middle of the town, and the facing: round the well, away from it."""
    points = []
    for i in range(12):
        turn = math.radians(30 * i)
        points.append((round(12 * math.sin(turn), 1), round(-12 * math.cos(turn), 1),
                       30 * i - 180))
    return points
