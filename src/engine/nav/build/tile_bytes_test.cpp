// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/build/tile_bytes.h"

#include "engine/core/hash.h"
#include "engine/core/random.h"
#include "engine/nav/mesh/path_finder.h"
#include "engine/nav/testing/sample_world.h"

namespace tessera::nav {
namespace {

using testing::sample_town;

constexpr TilePlace kTile{1, 1};
constexpr std::size_t kChecksumAt = 24;

TileIdentity identity() { return {AgentSize::Small, kTile, sample_town().source.grid()}; }
std::vector<std::byte> tile_bytes() {
  return *build_tile(sample_town().source, AgentSize::Small, kTile);
}

/// As one would who wants to deceive.
void sign(std::vector<std::byte>& bytes) {
  const std::span<std::byte> all(bytes);
  const std::uint64_t checksum =
      hash_bytes(all.subspan(kTileHeaderBytes), hash_bytes(all.first(kChecksumAt)));
  std::memcpy(bytes.data() + kChecksumAt, &checksum, sizeof(checksum));
}

TEST(DecodeTile, ReadsWhatWasBuilt) { EXPECT_TRUE(decode_tile(identity(), tile_bytes())); }

TEST(DecodeTile, RefusesTheBytesOfAnotherTileOrAgent) {
  const auto bytes = tile_bytes();
  TileIdentity other = identity();
  other.tile = {2, 1};
  EXPECT_EQ(decode_tile(other, bytes).error(), DecodeError::Malformed);
  other = identity();
  other.agent = AgentSize::Large;
  EXPECT_EQ(decode_tile(other, bytes).error(), DecodeError::Malformed);
}

TEST(DecodeTile, RefusesEveryTruncation) {
  const auto bytes = tile_bytes();
  for (std::size_t size = 0; size < bytes.size(); size += size < 200 ? 1 : 37) {
    EXPECT_FALSE(decode_tile(identity(), std::span(bytes).first(size)));
    auto honest = std::vector(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    if (size <= kTileHeaderBytes) continue;
    const auto payload = static_cast<std::uint32_t>(size - kTileHeaderBytes);
    std::memcpy(honest.data() + 20, &payload, sizeof(payload));
    sign(honest);
    EXPECT_EQ(decode_tile(identity(), honest).error(), DecodeError::OutOfRange);
  }
}

TEST(DecodeTile, RefusesTrailingBytes) {
  auto bytes = tile_bytes();
  bytes.push_back({});
  EXPECT_EQ(decode_tile(identity(), bytes).error(), DecodeError::TrailingBytes);
}

TEST(DecodeTile, NoticesEveryFlippedBit) {
  const auto bytes = tile_bytes();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto damaged = bytes;
    damaged[i] ^= std::byte{1} << (i % 8);
    EXPECT_FALSE(decode_tile(identity(), damaged)) << "byte " << i;
  }
}

TEST(DecodeTile, LeavesNothingToDetourThatItCouldStumbleOver) {
  constexpr std::uint64_t kSeed = 3;
  RandomStream random(kSeed);
  const auto bytes = tile_bytes();
  const auto& town = sample_town();
  int accepted = 0;
  for (int round = 0; round < 3000; ++round) {
    auto hostile = bytes;
    const std::uint32_t changes = 1 + random.below(3);
    for (std::uint32_t i = 0; i < changes; ++i) {
      const std::size_t at =
          kTileHeaderBytes +
          random.below(static_cast<std::uint32_t>(hostile.size() - kTileHeaderBytes));
      hostile[at] = static_cast<std::byte>(random.below(256));
    }
    sign(hostile);
    NavigationMesh mesh(town.source.grid(), AgentSize::Small);
    if (!mesh.set_tile(kTile, hostile)) continue;
    ++accepted;
    PathFinder finder(mesh, {.nodes_max = 256});
    std::array<math::Vec3, 16> corners;
    for (int i = 0; i < 4; ++i) {
      const math::Vec3 from = town.on_ground(random.between(64, 128), random.between(64, 128));
      const math::Vec3 to = town.on_ground(random.between(64, 128), random.between(64, 128));
      finder.find_path(from, to, corners);
      (void)finder.raycast(from, to);
    }
  }
  EXPECT_GT(accepted, 100) << "seed " << kSeed;
}

TEST(PolygonsMax, LeavesTenBitsOfAReferenceToLives) {
  EXPECT_EQ(polygons_max({{0, 0}, 64, 64}), 1024u);
  EXPECT_EQ(polygons_max({{0, 0}, 1, 1}), 32768u);
  EXPECT_EQ(polygons_max({{0, 0}, 4, 4}), 32768u);
  EXPECT_EQ(polygons_max({{0, 0}, 17, 16}), 8192u);
}

}  // namespace
}  // namespace tessera::nav
