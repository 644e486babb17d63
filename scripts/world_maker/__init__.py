# SPDX-License-Identifier: MIT
"""Makes the default world: the zone `vale` and the dungeon `barrow`. See scripts/make-world.

Lengths are metres, angles degrees. Axes are glTF's: x east, y up, z south. A heading of 0 looks
north, 90 east; a turn is clockwise seen from above.
"""
