// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Any bytes as a portal graph: what is accepted must bear searches and be written as it was read.
// The checksum is made right first.
#include <cstdlib>
#include <cstring>

#include "engine/core/hash.h"
#include "engine/core/random.h"
#include "engine/nav/testing/sample_world.h"
#include "engine/nav/ways/portal_graph.h"

namespace tessera::nav {
namespace {

void try_graph(std::vector<std::byte> bytes) {
  static const testing::SampleWorld world({.size_m = 128, .town_m = 0});
  static const NavigationSource source(world.geometry());
  static const NavigationMesh mesh = testing::build_mesh(source, AgentSize::Small);
  constexpr std::size_t kHead = 16;
  if (bytes.size() >= kHead) {
    const std::uint64_t checksum = hash_bytes(std::span(bytes).subspan(kHead));
    std::memcpy(bytes.data() + 8, &checksum, sizeof(checksum));
  }
  const auto graph = PortalGraph::decode(mesh, bytes);
  if (!graph) return;
  if (graph->encode() != bytes) std::abort();
  LongPathFinder finder(mesh, *graph);
  RandomStream random(bytes.size());
  std::array<math::Vec3, 16> way;
  std::array<math::Vec3, 16> corners;
  for (int i = 0; i < 8; ++i) {
    const math::Vec2 from{random.between(0, 128), random.between(0, 128)};
    const math::Vec2 to{random.between(0, 128), random.between(0, 128)};
    finder.find_path({from.x, world.ground().height_at(from), from.z},
                     {to.x, world.ground().height_at(to), to.z}, way, corners);
  }
}

}  // namespace
}  // namespace tessera::nav

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* bytes = reinterpret_cast<const std::byte*>(data);
  tessera::nav::try_graph({bytes, bytes + size});
  return 0;
}
