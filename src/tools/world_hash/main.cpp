// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Runs a scripted crowd in a synthetic zone and prints the world's hash every so many ticks. Two
// builds are deterministic against each other when they print the same.
//
//   world_hash [--players N] [--creatures N] [--ticks N] [--every N] [--seed N] [--workers N]
#include <charconv>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <utility>

#include "gameplay/testing/navigable.h"
#include "world/zone/testing/scripted_crowd.h"
#include "world/zone/testing/test_world.h"

namespace {

struct Flags {
  std::uint64_t players = 400;
  std::uint64_t creatures = 300;
  std::uint64_t ticks = 3000;
  std::uint64_t every = 100;
  std::uint64_t seed = 1;
  std::uint64_t workers = 0;
};

std::uint64_t* flag_named(Flags& flags, std::string_view name) {
  if (name == "--players") return &flags.players;
  if (name == "--creatures") return &flags.creatures;
  if (name == "--ticks") return &flags.ticks;
  if (name == "--every") return &flags.every;
  if (name == "--seed") return &flags.seed;
  if (name == "--workers") return &flags.workers;
  return nullptr;
}

bool read_flags(int argc, char** argv, Flags& flags) {
  for (int i = 1; i < argc; i += 2) {
    std::uint64_t* const value = flag_named(flags, argv[i]);
    if (value == nullptr || i + 1 == argc) return false;
    const char* const end = argv[i + 1] + std::strlen(argv[i + 1]);
    const auto read = std::from_chars(argv[i + 1], end, *value);
    if (read.ec != std::errc{} || read.ptr != end) return false;
  }
  return flags.every > 0 && flags.workers <= 64 && flags.players <= 100'000;
}

void run(const Flags& flags) {
  using namespace tessera;
  ZoneDefinition definition = zone::make_test_zone();
  add_navigation(definition);
  zone::Zone zone(std::move(definition),
                  {.zone = 1,
                   .seed = flags.seed,
                   .creatures = static_cast<std::uint32_t>(flags.creatures),
                   .players_max = 100'000},
                  static_cast<unsigned>(flags.workers));
  zone::ScriptedCrowd crowd(flags.seed, static_cast<std::uint32_t>(flags.players));
  for (std::uint64_t tick = 1; tick <= flags.ticks; ++tick) {
    crowd.act(zone);
    zone.step(tick);
    crowd.learn(zone);
    if (tick % flags.every != 0 && tick != flags.ticks) continue;
    std::printf("tick=%" PRIu64 " players=%zu hash=%016" PRIx64 "\n", tick, crowd.playing(),
                zone.hash());
  }
}

}  // namespace

int main(int argc, char** argv) {
  Flags flags;
  if (!read_flags(argc, argv, flags)) {
    std::fprintf(stderr,
                 "usage: world_hash [--players N] [--creatures N] [--ticks N] [--every N] "
                 "[--seed N] [--workers N]\n"
                 "example: world_hash --players 400 --ticks 3000 --every 100 --workers 8\n");
    return 2;
  }
  run(flags);
  return 0;
}
