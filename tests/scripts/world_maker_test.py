#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of what scripts/make-world is made of: solids, models, images."""
import itertools
import math
import os
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "scripts"))

from glb_reader import Glb, read_grey16  # noqa: E402
from solids import area_of, open_edges, volume_of  # noqa: E402
from world_maker import mesh  # noqa: E402
from world_maker.blocks import Blocks  # noqa: E402
from world_maker.glb import Model  # noqa: E402
from world_maker.noise import Stream  # noqa: E402
from world_maker.png import encode_grey16  # noqa: E402


class WorldMaker(unittest.TestCase):
    def test_blocks_are_closed_and_as_large_as_their_cells(self):
        for seed in range(60):
            with self.subTest(seed=seed):
                chance = Stream(seed, "blocks")
                blocks, cells = Blocks(), set()
                for number in range(6):
                    low = [chance.below(6) for _ in range(3)]
                    high = [start + 1 + chance.below(4) for start in low]
                    inside = set(itertools.product(*(range(a, b) for a, b in zip(low, high))))
                    if number in (0, 2, 4):
                        blocks.add(tuple(low), tuple(high), "stone", "planks")
                        cells |= inside
                    else:
                        blocks.cut(tuple(low), tuple(high))
                        cells -= inside
                triangles = [tuple(corners) for _, *corners in blocks.mesh().triangles]
                self.assertEqual(open_edges(triangles), [])
                self.assertAlmostEqual(volume_of(triangles), len(cells), places=6)
                self.assertTrue(all(area_of(triangle) > 1e-4 for triangle in triangles))

    def test_shapes_are_closed_with_their_fronts_outside(self):
        angle = [(0, 0), (3, 0), (3, 1), (1, 1), (1, 2), (0, 2)]
        for shape, volume in ((mesh.prism("stone", angle, 0, 2), 8),
                              (mesh.prism("stone", angle, -1, 1, mesh.along_x), 8),
                              (mesh.prism("stone", angle, 5, 7, mesh.along_y), 8),
                              (mesh.box("stone", (0, 1, 2), (1, 3, 5)), 6),
                              (mesh.stairs("stone", 3, 0.2, 0.5, 2, 0.5, 0), 1.2),
                              (mesh.cone("stone", 4, math.sqrt(2), 0, 3), 4),
                              (mesh.column("stone", 4, [(0, math.sqrt(2)), (2, math.sqrt(2))]), 8),
                              (mesh.blob("stone", (1, 1, 1), lambda: 1), 2.536)):
            triangles = [tuple(corners) for _, *corners in shape.triangles]
            self.assertEqual(open_edges(triangles), [])
            self.assertAlmostEqual(volume_of(triangles), volume, delta=0.05)

    def test_an_outline_that_runs_clockwise_is_refused(self):
        with self.assertRaisesRegex(ValueError, "clockwise"):
            mesh.prism("stone", [(0, 0), (0, 2), (1, 2), (1, 1), (2, 1), (2, 0)], 0, 1)

    def test_a_turn_is_clockwise_seen_from_above(self):
        for turn in (0, 90, 180, 270, 30):
            north_turned = mesh.turned(0, -1, turn)
            heading = math.degrees(math.atan2(north_turned[0], -north_turned[1])) % 360
            self.assertAlmostEqual(heading, turn)
            model = Model()
            model.node(model.mesh(mesh.box("stone", (-1, 0, -1), (1, 1, 1))), turn_deg=turn)
            placed = Glb(model.encode()).placed()[0].moved((0, 0, -1))
            self.assertAlmostEqual(placed[0], north_turned[0], places=5)
            self.assertAlmostEqual(placed[2], north_turned[1], places=5)

    def test_images_are_read_as_they_were_written(self):
        chance = Stream(7, "image")
        rows = [[chance.below(65536) for _ in range(9)] for _ in range(5)]
        rows += [[row * 100 + column for column in range(9)] for row in range(5)]
        self.assertEqual(read_grey16(encode_grey16(rows)), rows)


if __name__ == "__main__":
    unittest.main()
