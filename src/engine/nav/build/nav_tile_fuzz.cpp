// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Any bytes as a tile: what is accepted must bear links to a neighbour, and questions. The checksum
// is made right first, or the fuzzer would never get past it.
#include <cstdlib>
#include <cstring>

#include "engine/core/hash.h"
#include "engine/core/random.h"
#include "engine/nav/build/tile_build.h"
#include "engine/nav/build/tile_bytes.h"
#include "engine/nav/crowd/flow_field.h"
#include "engine/nav/mesh/path_finder.h"
#include "engine/nav/testing/sample_world.h"
#include "engine/nav/ways/portal_graph.h"

namespace tessera::nav {
namespace {

constexpr TilePlace kTile{0, 0};

struct Neighbours {
  testing::SampleWorld world{{.size_m = 128, .town_m = 0}};
  NavigationSource source{world.geometry()};
  NavigationMesh mesh = testing::build_mesh(source, AgentSize::Small);
};

void sign(std::vector<std::byte>& bytes) {
  constexpr std::size_t kChecksumAt = 24;
  if (bytes.size() < kTileHeaderBytes) return;
  const std::span<std::byte> all(bytes);
  const std::uint64_t checksum =
      hash_bytes(all.subspan(kTileHeaderBytes), hash_bytes(all.first(kChecksumAt)));
  std::memcpy(bytes.data() + kChecksumAt, &checksum, sizeof(checksum));
}

void try_tile(std::vector<std::byte> bytes) {
  static Neighbours neighbours;
  (void)neighbours.mesh.set_tile(kTile, bytes);
  sign(bytes);
  if (!neighbours.mesh.set_tile(kTile, bytes)) return;
  static PathFinder finder(neighbours.mesh, {.nodes_max = 256});
  RandomStream random(bytes.size());
  std::array<math::Vec3, 16> corners;
  for (int i = 0; i < 8; ++i) {
    const math::Vec3 from{random.between(0, 64), random.between(0, 60), random.between(0, 64)};
    const math::Vec3 to{random.between(0, 128), random.between(0, 60), random.between(0, 128)};
    (void)finder.nearest_point(from, 60);
    finder.find_path(from, to, corners);
    (void)finder.raycast(from, to);
  }
  FlowField field;
  field.build(neighbours.mesh, {60, 30, 60}, {.window_m = 32});
  const PortalGraph graph(neighbours.mesh);
  if (!PortalGraph::decode(neighbours.mesh, graph.encode())) std::abort();
}

}  // namespace
}  // namespace tessera::nav

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* bytes = reinterpret_cast<const std::byte*>(data);
  tessera::nav::try_tile({bytes, bytes + size});
  return 0;
}
