# SPDX-License-Identifier: MIT
"""All files of the world, as bytes."""
from typing import Iterator

from . import dungeon, farms, quarry, woods
from .bridge import build_bridge
from .png import encode_grey16
from .roads import build_jetty, build_roads
from .terrain import Terrain
from .town import build_town
from .zone_files import barrow_yaml, vale_yaml


def make_vale(seed: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents. First the land is shaped, then all else is put on it."""
    land = Terrain(seed)
    quarry.shape_quarry(land)
    sites = farms.find_farms(seed, land)
    land.lay_roads()
    quarry.dig_quarry(land)
    yield "height.png", encode_grey16(land.settle())

    yield "town.glb", build_town(seed).encode()
    yield "bridge.glb", build_bridge().encode()
    yield "quarry.glb", quarry.build_quarry(seed).encode()
    yield "farms.glb", farms.build_farms(sites).encode()
    yield "roads.glb", build_roads(land).encode()
    yield "jetty.glb", build_jetty().encode()
    yield "rocks.glb", woods.build_rocks(seed, land, sites).encode()
    trees = woods.tree_places(seed, land, sites)
    names = [f"woods_{quarter}.glb" for quarter in woods.QUARTERS]
    for quarter, name in enumerate(names):
        yield name, woods.build_woods(seed, land, trees, quarter).encode()
    yield "zone.yaml", vale_yaml(seed, names).encode()


def make_barrow(seed: int) -> Iterator[tuple[str, bytes]]:
    yield "barrow.glb", dungeon.build_dungeon(seed).encode()
    yield "zone.yaml", barrow_yaml(seed, dungeon.SIZE).encode()
