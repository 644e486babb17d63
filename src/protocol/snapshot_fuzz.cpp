// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Whatever read_snapshot accepts keeps within its own bounds: every index and span is walked.
#include <cstdlib>

#include "protocol/components/component_codec.h"
#include "protocol/components/replicated_components.h"
#include "protocol/snapshot.h"

using namespace tessera;
using namespace tessera::protocol;

namespace {

void walk(const Snapshot& snapshot, std::uint32_t first, std::uint32_t count) {
  for (const ComponentBytes& c : std::span(snapshot.components).subspan(first, count)) {
    Appearance appearance;
    Gesture gesture;
    if (c.slot >= kPageSlots) std::abort();
    read_component(c.fields, appearance);
    read_component(c.fields, gesture);
    Cast cast;
    ShownEffects effects;
    read_component(c.fields, cast);
    read_component(c.fields, effects);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Snapshot snapshot;
  if (!read_snapshot(std::as_bytes(std::span(data, size)), snapshot)) return 0;
  if (snapshot.combat.size() > kCombatLinesMax) std::abort();
  for (const CombatLine& line : snapshot.combat) {  // whatever was read can be written
    std::array<std::byte, kCombatBytesMax> bytes;
    CombatWriter writer(bytes);
    if (!writer.add(line)) std::abort();
  }
  for (const RosterChange& roster : snapshot.rosters) {
    if (!roster.page.cell.valid()) std::abort();
    for (const RosterEntry& entry :
         std::span(snapshot.entries).subspan(roster.first_entry, roster.entry_count)) {
      if (entry.slot >= kPageSlots) std::abort();
      walk(snapshot, entry.first_component, entry.component_count);
    }
  }
  for (const PageUpdate& page : snapshot.pages) {
    if (!page.page.cell.valid()) std::abort();
    for (const SlotState& state :
         std::span(snapshot.states).subspan(page.first_state, page.state_count)) {
      if (state.slot >= kPageSlots || state.state.x() > 4095) std::abort();
    }
    walk(snapshot, page.first_component, page.component_count);
  }
  return 0;
}
