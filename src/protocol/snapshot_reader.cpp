// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Takes a snapshot apart. Nothing here asserts: a failed ByteReader yields zeros until the end, and
// every number that selects something is checked before it is kept.
#include <bit>

#include "protocol/snapshot.h"

namespace tessera::protocol {
namespace {

EntityId read_entity(ByteReader& in, std::uint32_t index) {
  const auto generation = static_cast<std::uint32_t>(in.varint_at_most(EntityId::kGenerationMax));
  const auto zone = static_cast<std::uint16_t>(in.varint_at_most(0xffff));
  if (generation == 0) in.fail();  // no entity has it
  return EntityId::make(zone, generation, index);
}

void read_own_state(ByteReader& in, OwnState& own) {
  own.frame = in.number<std::uint32_t>();
  const auto index = static_cast<std::uint32_t>(in.varint_at_most(EntityId::kIndexMax));
  own.entity = read_entity(in, index);
  for (math::Vec3* v : {&own.motion.position, &own.motion.velocity}) {
    for (float* number : {&v->x, &v->y, &v->z}) {
      *number = in.number<float>();
      if (!std::isfinite(*number)) in.fail();
    }
  }
  const auto grounded = in.number<std::uint8_t>();
  if (grounded > 1) in.fail();
  own.motion.grounded = grounded == 1;
  own.motion.roll.way = in.number<std::uint16_t>();
  own.motion.roll.ticks = in.number<std::uint8_t>();
  own.motion.roll.buttons = in.number<std::uint8_t>();
}

void read_combat(ByteReader& in, std::vector<CombatLine>& lines) {
  const auto count = in.number<std::uint8_t>();
  if (count == 0 || count > kCombatLinesMax) return in.fail();
  const auto bytes = in.bytes(static_cast<std::size_t>(in.varint_at_most(kCombatBytesMax)));
  if (!read_combat_lines(bytes, count, lines)) in.fail();
}

void read_answers(ByteReader& in, Snapshot& out) {
  std::vector<ActionAnswer>& answers = out.answers;
  const auto head = in.number<std::uint8_t>();
  const unsigned count = head & ~kCombatFollows;
  if (head == 0 || count > kAnswersMax) return in.fail();
  for (unsigned i = 0; i < count && in.ok(); ++i) {
    ActionAnswer answer;
    answer.action = in.number<std::uint16_t>();
    const auto verdict = in.number<std::uint8_t>();
    if (verdict > kActionVerdictMax) in.fail();
    answer.verdict = static_cast<ActionVerdict>(verdict);
    answer.value = in.number<std::uint32_t>();
    answers.push_back(answer);
  }
  if ((head & kCombatFollows) != 0) read_combat(in, out.combat);
}

PageKey read_page(ByteReader& in, Cell anchor) {
  PageKey key;
  const auto code = in.number<std::uint8_t>();
  if (!cell_from_code(anchor, code & 0x7f, key.cell)) in.fail();
  if (code & 0x80) {
    key.page = in.number<std::uint8_t>();
    if (key.page == 0) in.fail();  // page 0 has the short form
  }
  return key;
}

ComponentBytes read_component(ByteReader& in, std::uint8_t slot) {
  ComponentBytes component{slot, in.number<std::uint8_t>(), {}};
  const auto size = in.number<std::uint8_t>();
  if (component.component >= kReplicatedComponentsMax || size > kComponentBytesMax) in.fail();
  component.fields = in.bytes(size);
  return component;
}

void read_introduction(ByteReader& in, RosterEntry& entry, Snapshot& out) {
  entry.entity = read_entity(in, entry.entity_index);
  ByteReader components(
      in.bytes(static_cast<std::size_t>(in.varint_at_most(kIntroductionBytesMax))));
  entry.first_component = static_cast<std::uint32_t>(out.components.size());
  while (components.left() > 0) out.components.push_back(read_component(components, entry.slot));
  entry.component_count = static_cast<std::uint32_t>(out.components.size()) - entry.first_component;
  if (!components.done()) in.fail();
}

void read_roster(ByteReader& in, Cell anchor, Snapshot& out) {
  RosterChange change;
  change.page = read_page(in, anchor);
  const std::uint64_t head = in.varint_at_most((std::uint64_t{1} << 33) - 1);
  change.complete = (head & 1) != 0;
  change.first_entry = static_cast<std::uint32_t>(out.entries.size());
  auto mask = static_cast<std::uint32_t>(head >> 1);
  if (mask == 0 && !change.complete) in.fail();  // says nothing
  for (; mask != 0 && in.ok(); mask &= mask - 1) {
    RosterEntry entry;
    entry.slot = static_cast<std::uint8_t>(std::countr_zero(mask));
    const std::uint64_t word = in.varint_at_most(std::uint64_t{EntityId::kIndexMax} << 2 | 3);
    entry.entity_index = static_cast<std::uint32_t>(word >> 2);
    const auto tag = static_cast<unsigned>(word & 3);
    if (tag == 3 || (tag == 0 && entry.entity_index != 0)) in.fail();
    entry.kind = static_cast<RosterEntry::Kind>(tag);
    if (entry.kind == RosterEntry::Kind::Introduced) read_introduction(in, entry, out);
    out.entries.push_back(entry);
    ++change.entry_count;
  }
  out.rosters.push_back(change);
}

void read_page_components(ByteReader& in, Snapshot& out) {
  bool more = true;
  while (more && in.ok()) {
    const auto slot = in.number<std::uint8_t>();
    if ((slot & 0x7f) >= kPageSlots) in.fail();
    more = (slot & 0x80) != 0;
    out.components.push_back(read_component(in, slot & 0x7f));
  }
}

/// Reads the head of a page; returns its bitmap.
std::uint64_t read_page_head(ByteReader& in, Cell anchor, int& last_code, PageKey& key) {
  const auto head = in.number<std::uint8_t>();
  std::uint64_t bitmap = head & 0x0fu;
  if (head & 0x80) {
    last_code = head & 0x7f;
    const std::uint64_t word = in.varint_at_most(kSlotsAlone * 4 - 1);
    bitmap = word >> 1;
    if (word & 1) {
      key.page = in.number<std::uint8_t>();
      if (key.page == 0) in.fail();  // it has no number
    }
  } else {
    last_code += (head >> 4) + 1;
  }
  const bool says_nothing = (bitmap & (kSlotsAlone - 1)) == 0;
  if (says_nothing || last_code >= kCellCodes) {
    in.fail();
    return 0;
  }
  if (!cell_from_code(anchor, static_cast<std::uint8_t>(last_code), key.cell)) in.fail();
  return bitmap;
}

void read_page_update(ByteReader& in, Cell anchor, int& last_code, Snapshot& out) {
  PageUpdate update;
  const std::uint64_t bitmap = read_page_head(in, anchor, last_code, update.page);
  update.slots_alone = (bitmap & kSlotsAlone) != 0;
  update.first_state = static_cast<std::uint32_t>(out.states.size());
  update.first_component = static_cast<std::uint32_t>(out.components.size());
  for (auto mask = static_cast<std::uint32_t>(bitmap); mask != 0 && in.ok(); mask &= mask - 1) {
    EntityState state{in.number<std::uint32_t>()};
    if (state.has_height()) state.bits |= std::uint64_t{in.number<std::uint16_t>()} << 32;
    out.states.push_back({static_cast<std::uint8_t>(std::countr_zero(mask)), state});
    ++update.state_count;
  }
  if (bitmap & kComponentsFollow) read_page_components(in, out);
  update.component_count =
      static_cast<std::uint32_t>(out.components.size()) - update.first_component;
  out.pages.push_back(update);
}

void read_view(ByteReader& in, bool rosters, Snapshot& out) {
  out.anchor.x = in.number<std::uint8_t>();
  out.anchor.z = in.number<std::uint8_t>();
  if (!out.anchor.valid()) in.fail();
  if (rosters) {
    const auto count = in.number<std::uint8_t>();
    if (count == 0) in.fail();
    for (unsigned i = 0; i < count && in.ok(); ++i) read_roster(in, out.anchor, out);
  }
  int last_code = -1;
  while (in.left() > 0) read_page_update(in, out.anchor, last_code, out);
}

void clear(Snapshot& out) {
  out.has_own_check = out.has_own_state = out.has_view = false;
  out.answers.clear();
  out.combat.clear();
  out.rosters.clear();
  out.entries.clear();
  out.pages.clear();
  out.states.clear();
  out.components.clear();
}

}  // namespace

std::expected<void, DecodeError> read_snapshot(std::span<const std::byte> bytes, Snapshot& out) {
  clear(out);
  if (bytes.size() > kSnapshotBytesMax) return std::unexpected(DecodeError::OutOfRange);
  ByteReader in(bytes);
  const auto flags = in.number<std::uint8_t>();
  out.epoch = static_cast<std::uint8_t>(flags >> kEpochShift);
  out.tick = in.number<std::uint32_t>();
  if (!in.ok()) return std::unexpected(DecodeError::Truncated);
  out.has_own_check = (flags & kFlagOwnCheck) != 0;
  out.has_own_state = (flags & kFlagOwnState) != 0;
  out.has_view = (flags & kFlagView) != 0;
  const bool rosters = (flags & kFlagRosters) != 0;
  if (rosters && !out.has_view) return std::unexpected(DecodeError::Malformed);
  if (out.has_own_check) {
    out.own_check.frame = in.number<std::uint16_t>();
    out.own_check.check = in.number<std::uint16_t>();
  }
  if (out.has_own_state) read_own_state(in, out.own_state);
  if (flags & kFlagAnswers) read_answers(in, out);
  if (out.has_view) read_view(in, rosters, out);
  if (!in.ok()) return std::unexpected(DecodeError::Malformed);
  if (!in.done()) return std::unexpected(DecodeError::TrailingBytes);
  return {};
}

}  // namespace tessera::protocol
