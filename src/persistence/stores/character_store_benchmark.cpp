// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a batch of characters costs: saving all that are in a zone must take a small part of the few
// seconds between two saves.
#include <benchmark/benchmark.h>

#include "engine/platform/testing/temp_directory.h"
#include "persistence/stores/character_store.h"

namespace tessera::persistence {
namespace {

void save_characters(benchmark::State& state) {
  const platform::TempDirectory folder;
  {
    auto database = Database::open({.file = folder.file("tessera.db")}).value();
    CharacterStore store(*database);
    const ZoneEpoch owner = store.take_zone(1).value();
    std::vector<CharacterStateRow> states;
    for (int i = 0; i < state.range(0); ++i) {
      const std::string name = "c" + std::to_string(i);
      const AccountId account{static_cast<std::uint64_t>(i) + 1};
      const auto id = store.create({.account = account, .name = name, .name_key = name}, 1).value();
      (void)store.load_for_entering(account, id, owner);
      states.push_back({.id = id, .zone = 1, .x = 1.5f});
    }
    for (auto _ : state) {
      for (CharacterStateRow& row : states) ++row.play_seconds;
      if (store.save(owner, states)->saved != states.size()) state.SkipWithError("not saved");
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(save_characters)->Arg(1)->Arg(100)->Arg(2000)->Unit(benchmark::kMicrosecond);

void open_existing_database(benchmark::State& state) {
  const platform::TempDirectory folder;
  for (auto _ : state)
    benchmark::DoNotOptimize(Database::open({.file = folder.file("tessera.db")}));
}
BENCHMARK(open_existing_database)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tessera::persistence
