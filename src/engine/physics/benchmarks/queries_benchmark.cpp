// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Casts, overlaps and projectiles on hills that need no content.
#include "engine/physics/benchmarks/query_rows.h"

int main(int argc, char** argv) {
  using namespace tessera::physics;
  using namespace tessera::physics::benchmarks;
  const HeightField hills = rolling_terrain();
  const HeightBlocks blocks(hills);
  const TriangleTree nothing;
  const QueryGround ground{"hills", {&hills, &blocks, &nothing}, eyes_on(hills, 1 << 16)};
  register_rows_of_ground(ground);
  register_rows_of_crowds(ground);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
