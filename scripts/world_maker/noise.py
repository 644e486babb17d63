# SPDX-License-Identifier: MIT
"""Chance that is the same on every machine: a seeded stream and value noise."""
import math

MASK = (1 << 64) - 1


def mix64(value: int) -> int:
    """Mixes 64 bits so that neighbouring values have nothing in common (SplitMix64's finisher)."""
    value = (value + 0x9E3779B97F4A7C15) & MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


class Stream:
    """A stream of random numbers. Each topic has its own, so that one does not shift another."""

    def __init__(self, seed: int, topic: str):
        self._state = seed
        for byte in topic.encode():
            self._state = mix64(self._state ^ byte)

    def unit(self) -> float:
        """In [0, 1)."""
        self._state = mix64(self._state)
        return (self._state >> 11) / (1 << 53)

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.unit()

    def below(self, count: int) -> int:
        """A whole number in [0, count)."""
        return int(self.unit() * count)

    def chance(self, probability: float) -> bool:
        return self.unit() < probability


def smooth(t: float) -> float:
    """0 below 0, 1 above 1, and between them a curve that starts and ends level."""
    t = min(max(t, 0.0), 1.0)
    return t * t * (3 - 2 * t)


def blend(a: float, b: float, share_of_b: float) -> float:
    return a + (b - a) * share_of_b


def _corner(seed: int, x: int, z: int) -> float:
    return (mix64(mix64(seed ^ (x & MASK)) ^ ((z & MASK) << 32 & MASK)) >> 40) / (1 << 23) - 1


def value_noise(seed: int, x: float, z: float) -> float:
    """The chances of the corners of a lattice of width 1, smoothly blended; in [-1, 1)."""
    x0, z0 = math.floor(x), math.floor(z)
    u, v = smooth(x - x0), smooth(z - z0)
    north = blend(_corner(seed, x0, z0), _corner(seed, x0 + 1, z0), u)
    south = blend(_corner(seed, x0, z0 + 1), _corner(seed, x0 + 1, z0 + 1), u)
    return blend(north, south, v)
