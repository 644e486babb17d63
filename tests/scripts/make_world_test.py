#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of scripts/make-world and of the default world that it made.

The world in content/zones is what the script makes, its files are sound, its solids are closed, and
a character can walk wherever one is meant to.
"""
import glob
import math
import os
import re
import subprocess
import sys
import tempfile
import unittest
from collections import Counter

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "scripts"))

from glb_reader import Glb, read_grey16  # noqa: E402
from solids import area_of, open_edges  # noqa: E402
from walker import Walker, is_reached  # noqa: E402
from world_maker import dungeon, house, house_plans, layout  # noqa: E402
from world_maker.terrain import HIGH, LOW, SAMPLES, Terrain, points_along  # noqa: E402
from world_maker.town import spawn_points  # noqa: E402

ZONES = os.path.join(ROOT, "content", "zones")
FILE_BYTES_MAX = 900_000
SOLID_TRIANGLES_MAX = 250_000  # of all that blocks in the vale; its collision is built from them
NODES_MAX = 8_000


def read(path: str) -> bytes:
    with open(os.path.join(ZONES, path), "rb") as stream:
        return stream.read()


def content_of(path: str):
    """What a file says; of an image its samples, for compression differs between libraries."""
    with open(path, "rb") as stream:
        data = stream.read()
    return read_grey16(data) if path.endswith(".png") else data


def glb(path: str) -> Glb:
    return Glb(read(path))


def models() -> list[str]:
    return sorted(os.path.relpath(path, ZONES) for zone in ("vale", "barrow")
                  for path in glob.glob(os.path.join(ZONES, zone, "*.glb")))


def vale_terrain() -> Terrain:
    steps = (HIGH - LOW) / 65535
    return Terrain.of_heights([[LOW + sample * steps for sample in row]
                               for row in read_grey16(read("vale/height.png"))])


class MakeWorld(unittest.TestCase):
    def test_makes_the_committed_world_whatever_the_order_of_hashes(self):
        for hash_seed in ("1", "2"):
            with self.subTest(hash_seed=hash_seed), tempfile.TemporaryDirectory() as folder:
                subprocess.run([os.path.join(ROOT, "scripts", "make-world"), "--out", folder],
                               env={**os.environ, "PYTHONHASHSEED": hash_seed}, check=True,
                               stdout=subprocess.DEVNULL)
                for zone in ("vale", "barrow"):
                    made = sorted(os.listdir(os.path.join(folder, zone)))
                    self.assertEqual(made, sorted(os.listdir(os.path.join(ZONES, zone))))
                    differ = [name for name in made
                              if content_of(os.path.join(folder, zone, name)) !=
                              content_of(os.path.join(ZONES, zone, name))]
                    self.assertEqual(differ, [], "run scripts/make-world and commit")

    def test_another_seed_makes_another_world(self):
        self.assertNotEqual(dungeon.build_dungeon(7).encode(), dungeon.build_dungeon(8).encode())


class Files(unittest.TestCase):
    def test_zone_files_name_exactly_the_models_beside_them(self):
        for zone in ("vale", "barrow"):
            named = re.findall(r"file: (\w+\.glb)", read(f"{zone}/zone.yaml").decode())
            self.assertEqual(sorted(f"{zone}/{file}" for file in named),
                             [path for path in models() if path.startswith(zone + "/")])

    def test_height_map_has_a_sample_for_each_corner_of_the_grid(self):
        rows = read_grey16(read("vale/height.png"))
        self.assertEqual({len(rows), *(len(row) for row in rows)}, {SAMPLES})

    def test_models_are_small_and_their_bounds_and_normals_true(self):
        for path in models():
            with self.subTest(path):
                self.assertLess(len(read(path)), FILE_BYTES_MAX)
                model = glb(path)
                self.assertLess(len(model.document["nodes"]), NODES_MAX)
                for primitive in (p for primitives in model.meshes for p in primitives):
                    self.check_primitive(primitive)

    def check_primitive(self, primitive) -> None:
        axes = list(zip(*primitive.points))
        self.assertEqual(primitive.bounds, ([min(a) for a in axes], [max(a) for a in axes]))
        self.assertTrue(all(math.isfinite(value) for axis in axes for value in axis))
        self.assertEqual(len(primitive.points), len(primitive.normals))
        self.assertLess(max(primitive.indices), len(primitive.points))
        self.assertEqual(len(primitive.indices) % 3, 0)
        for normal in primitive.normals:
            self.assertAlmostEqual(math.hypot(*normal), 1, delta=1e-4)
        for triangle in primitive.triangles():
            self.assertGreater(area_of(triangle), 2e-5, f"no area: {triangle}")

    def test_names_of_doors_and_areas_are_unique_in_a_zone(self):
        for zone in ("vale", "barrow"):
            names = Counter()
            for path in (path for path in models() if path.startswith(zone)):
                for node in glb(path).placed():
                    if node.mesh is not None:
                        names.update(f"{kind} {node.extras[kind]}" for kind in ("door", "area")
                                     if kind in node.extras)
            self.assertEqual([name for name, count in names.items() if count > 1], [])
            self.assertGreaterEqual(len(names), 12)

    def test_solids_are_closed_and_no_triangle_is_there_twice(self):
        for path in models():
            model = glb(path)
            solid = {node.mesh for node in model.placed() if node.mesh is not None
                     and node.extras.get("collision", True)}
            for mesh_number in solid:
                triangles = model.triangles_of(mesh_number)
                self.assertEqual(open_edges(triangles), [], f"{path}: mesh {mesh_number} is open")
                turned = Counter(frozenset(triangle) for triangle in triangles)
                self.assertEqual(max(turned.values()), 1, f"{path}: mesh {mesh_number}")

    def test_triangles_that_block_are_few(self):
        count = 0
        for path in (path for path in models() if path.startswith("vale")):
            model = glb(path)
            sizes = [sum(len(p.indices) // 3 for p in primitives) for primitives in model.meshes]
            count += sum(sizes[node.mesh] for node in model.placed() if node.is_solid)
        self.assertGreater(count, 100_000)
        self.assertLess(count, SOLID_TRIANGLES_MAX)


class Walks(unittest.TestCase):
    def assert_reached(self, reached: dict, places: dict) -> None:
        for name, place in places.items():
            self.assertTrue(is_reached(reached, place), f"nobody can get to the {name}, {place}")

    def test_every_kind_of_house_can_be_entered_and_its_floors_reached(self):
        for plan in house_plans.ALL_PLANS:
            with self.subTest(plan.name):
                triangles = [corners for part in (house.shell(plan), house.roof(plan),
                                                  house.furniture(plan))
                             for _, *corners in part.triangles]
                walker = Walker(triangles, lambda x, z: 0.0)
                x, z = plan.width / 2 + 2, plan.depth / 2 + 2
                reached = walker.flood((plan.door_x, 0, plan.depth / 2 + 1), (-x, -z), (x, z))
                levels = Counter(round(floor, 2) for floors in reached.values() for floor in floors)
                for storey in range(plan.storeys):
                    # Places are 0.2 m apart; a third of each floor is free and can be got to.
                    share = levels[house.floor_of(storey)] * 0.04 / (plan.width * plan.depth)
                    self.assertGreater(share, 0.33, f"storey {storey}")
                self.assertEqual(walker.open_columns, 0)

    def test_town_is_walked_from_the_market_into_each_house_and_round_the_walls(self):
        town = glb("vale/town.glb")
        walker = Walker(town.solids(), lambda x, z: 0.0)
        # A step of the grid is 0.3 m, two risers of stairs at most.
        reached = walker.flood((0, 0, 12), (-116, -116), (116, 116), step=3, climb=0.5)
        self.assertEqual(walker.open_columns, 0)
        walk = 5.0
        self.assert_reached(reached, {
            "northern battlements": (60, walk, -110), "eastern battlements": (110, walk, 50),
            "southern battlements": (-50, walk, 110), "western battlements": (-110, walk, 30),
            "room of a corner tower": (110, walk, -110), "gate tower": (7, walk, -110),
            "bridge of the northern gate": (0, walk, -110), "land in the north": (0, 0, -115),
            "land in the east": (115, 0, 0), "land in the south": (0, 0, 115),
            "land in the west": (-115, 0, 0), "stage": (2, 0.3, -18)})
        for x, z, _ in spawn_points():
            self.assert_reached(reached, {"spawn point": (x, 0, z)})
        houses = [node for node in town.placed() if "area" in node.extras]
        self.assertGreater(len(houses), 80)
        for node in houses:
            points = [point for triangle in town.triangles_of(node.mesh) for point in triangle]
            floor = min(y for _, y, _ in points) + 0.1
            south = max(z for _, _, z in points)
            door = next(other for other in town.placed()
                        if other.extras.get("door") == f"{node.extras['area']}_door")
            inside = (door.origin[0] - 1.0 * node.turn[0], floor, door.origin[2] - node.turn[1])
            self.assertGreater(south, 0)
            self.assert_reached(reached, {node.extras["area"]: inside})

    def test_town_stands_on_level_ground(self):
        land = vale_terrain()
        x, z = layout.CENTRE
        for dx in range(-130, 131, 4):
            for dz in range(-130, 131, 4):
                height = land.height_at(x + dx, z + dz)
                self.assertAlmostEqual(height, layout.TOWN_HEIGHT, delta=0.01)

    def test_mountains_all_round_are_too_steep_to_climb(self):
        land = vale_terrain()
        for along in range(200, int(layout.SIZE) - 200, 8):
            for side in range(4):
                def height(out: float) -> float:
                    far = layout.SIZE - out
                    return land.height_at(*((along, out), (far, along), (along, far),
                                            (out, along))[side])
                steepest = max((height(out) - height(out + 8)) / 8 for out in range(0, 200, 8))
                self.assertGreater(steepest, 1.1, f"side {side}, {along} m along")

    def test_roads_are_gentle_and_dry(self):
        land = vale_terrain()
        for road in layout.ROADS:
            points = points_along(road.points, 4)
            for a, b in zip(points, points[1:]):
                if math.dist(a, layout.BRIDGE) < layout.BRIDGE_HALF_LENGTH + 4:
                    continue
                rise = abs(land.height_at(*a) - land.height_at(*b)) / math.dist(a, b)
                self.assertLess(rise, 0.35, f"{road.name} at {a}")
                self.assertGreaterEqual(land.height_at(*a), layout.WATER_LEVEL, road.name)

    def test_bridge_is_crossed_above_and_swum_through_below(self):
        x, z = layout.BRIDGE
        walker = Walker(glb("vale/bridge.glb").solids((x, 0, z)), vale_terrain().height_at)
        reached = walker.flood((x + 40, layout.BANK_HEIGHT, z), (x - 45, z - 2), (x + 45, z + 2))
        self.assert_reached(reached, {"middle of the bridge": (x, 15, z),
                                      "other bank": (x - 38, layout.BANK_HEIGHT, z)})
        bed, arch = walker.spans(round(x * 10), round(z * 10))[-1]
        self.assertLess(bed, layout.WATER_LEVEL - 3)
        self.assertGreater(arch, layout.WATER_LEVEL + 3)

    def test_quarry_is_walked_down_into_the_cave_and_roofed_over(self):
        x, z = layout.QUARRY
        walker = Walker(glb("vale/quarry.glb").solids((x, 0, z)), vale_terrain().height_at)
        reached = walker.flood((x, layout.QUARRY_TOP, z + 75), (x - 50, z - 118), (x + 82, z + 76),
                               step=3, climb=0.45)
        self.assertEqual(walker.open_columns, 0)
        floor = layout.QUARRY_FLOOR
        self.assert_reached(reached, {
            "terrace": (x + 64, layout.QUARRY_TERRACE, z), "floor": (x, floor, z),
            "mouth": (x - 12, floor, z - 36), "tunnel": (x - 12, floor, z - 60),
            "chamber": (x - 12, floor, z - 95)})
        for dx in range(-340, 101, 7):
            for dz in range(-1190, -479, 7):
                # Within the trench nothing is open to the sky but the top of the rock.
                sky = walker.spans(round(x * 10) + dx, round(z * 10) + dz)[0][0]
                self.assertGreater(sky, layout.QUARRY_TOP - 0.5, f"a hole at {dx}, {dz}")

    def test_jetty_is_entered_from_the_shore(self):
        x, z = layout.JETTY
        land = vale_terrain()
        walker = Walker(glb("vale/jetty.glb").solids((x, 0, z)), land.height_at)
        reached = walker.flood((x + 18, land.height_at(x + 18, z), z), (x - 55, z - 6),
                               (x + 20, z + 6))
        self.assert_reached(reached, {"end of the jetty": (x - 47, layout.WATER_LEVEL + 0.45, z)})

    def test_all_rooms_of_the_barrow_are_reached_and_none_leads_outside(self):
        walker = Walker(glb("barrow/barrow.glb").solids())
        reached = walker.flood((0, 0, 80), (-120, -120), (120, 120))
        self.assertEqual(walker.open_columns, 0)
        for room in dungeon.ROOMS:
            (x0, floor, z0), (x1, _, z1) = room.low, room.high
            inside = sum(1 for (x, z), floors in reached.items()
                         if x0 < x / 10 < x1 and z0 < z / 10 < z1
                         and any(abs(f - floor) < 0.2 for f in floors))
            self.assertGreater(inside * 0.04, 0.6 * (x1 - x0) * (z1 - z0), room.name)
        self.assertLess(max(max(abs(x), abs(z)) for x, z in reached), 900, "outside the rock")
        self.assertLess(max(floor for floors in reached.values() for floor in floors), 4)


if __name__ == "__main__":
    unittest.main()
