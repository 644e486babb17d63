// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <bit>

#include "engine/core/random.h"
#include "protocol/snapshot.h"

namespace tessera::protocol {
namespace {

std::uint64_t pair(float low, float high) {
  return std::uint64_t{std::bit_cast<std::uint32_t>(low)} |
         std::uint64_t{std::bit_cast<std::uint32_t>(high)} << 32;
}

}  // namespace

std::uint16_t motion_check(const Motion& motion) {
  std::uint64_t hash = mix64(pair(motion.position.x, motion.position.y));
  hash = mix64(hash ^ pair(motion.position.z, motion.velocity.x));
  hash = mix64(hash ^ pair(motion.velocity.y, motion.velocity.z));
  hash = mix64(hash ^
               (std::uint64_t{motion.grounded ? 1u : 0u} | std::uint64_t{motion.roll.way} << 8 |
                std::uint64_t{motion.roll.ticks} << 24 | std::uint64_t{motion.roll.buttons} << 32));
  return static_cast<std::uint16_t>(hash >> 48);
}

SnapshotWriter::SnapshotWriter(std::span<std::byte> out, std::uint32_t tick, std::uint8_t epoch)
    : out_(out), flags_(static_cast<std::uint8_t>((epoch & kEpochMask) << kEpochShift)) {
  out_.number(flags_);
  out_.number(tick);
}

void SnapshotWriter::flag(std::uint8_t flag) {
  flags_ |= flag;
  out_.patch(0, flags_);
}

void SnapshotWriter::own_check(const OwnCheck& check) {
  flag(kFlagOwnCheck);
  out_.number(check.frame);
  out_.number(check.check);
}

void SnapshotWriter::own_state(const OwnState& state) {
  flag(kFlagOwnState);
  out_.number(state.frame);
  out_.varint(state.entity.index());
  out_.varint(state.entity.generation());
  out_.varint(state.entity.zone());
  for (const math::Vec3& v : {state.motion.position, state.motion.velocity}) {
    out_.number(v.x);
    out_.number(v.y);
    out_.number(v.z);
  }
  out_.number(static_cast<std::uint8_t>(state.motion.grounded ? 1 : 0));
  out_.number(state.motion.roll.way);
  out_.number(state.motion.roll.ticks);
  out_.number(state.motion.roll.buttons);
}

void SnapshotWriter::answers(std::span<const ActionAnswer> answers, std::uint8_t lines,
                             std::span<const std::byte> line_bytes) {
  TESSERA_ASSERT(answers.size() <= kAnswersMax && lines <= kCombatLinesMax &&
                     answers.size() + lines > 0 && line_bytes.size() <= kCombatBytesMax,
                 "snapshot: count of answers and lines");
  flag(kFlagAnswers);
  out_.number(static_cast<std::uint8_t>(answers.size() | (lines > 0 ? kCombatFollows : 0u)));
  for (const ActionAnswer& answer : answers) {
    out_.number(answer.action);
    out_.number(static_cast<std::uint8_t>(answer.verdict));
    out_.number(answer.value);
  }
  if (lines == 0) return;
  out_.number(lines);
  out_.varint(line_bytes.size());
  out_.bytes(line_bytes);
}

void SnapshotWriter::begin_view(Cell anchor) {
  TESSERA_ASSERT((flags_ & kFlagView) == 0, "snapshot: one view");
  flag(kFlagView);
  anchor_ = anchor;
  last_code_ = -1;
  out_.number(anchor.x);
  out_.number(anchor.z);
}

void SnapshotWriter::roster(PageKey page, std::uint32_t mask, bool complete,
                            std::span<const std::byte> entries) {
  TESSERA_ASSERT(rosters_ < kRostersPerSnapshotMax, "snapshot: too many rosters");
  if (rosters_ == 0) {
    flag(kFlagRosters);
    roster_count_at_ = out_.size();
    out_.number(std::uint8_t{0});
  }
  out_.patch(roster_count_at_, ++rosters_);
  reference(page);
  out_.varint(std::uint64_t{mask} << 1 | (complete ? 1 : 0));
  out_.bytes(entries);
}

void write_introduced_slot(ByteWriter& out, EntityId entity,
                           std::span<const std::byte> components) {
  TESSERA_ASSERT(components.size() <= kIntroductionBytesMax, "snapshot: introduction too large");
  out.varint(std::uint64_t{entity.index()} << 2 | 2);
  out.varint(entity.generation());
  out.varint(entity.zone());
  out.varint(components.size());
  out.bytes(components);
}

std::size_t write_page_states(std::span<std::byte> out, std::uint32_t mask,
                              std::span<const EntityState, kPageSlots> states) {
  TESSERA_ASSERT(out.size() >= kPageStatesBytesMax, "page body: buffer too small");
  std::byte* at = out.data();
  for (; mask != 0; mask &= mask - 1) {
    const EntityState state = states[static_cast<unsigned>(std::countr_zero(mask))];
    std::memcpy(at, &state.bits, 6);  // the height's two bytes stay only when they are announced
    at += state.has_height() ? 6 : 4;
  }
  return static_cast<std::size_t>(at - out.data());
}

void write_page_component(ByteWriter& out, std::uint8_t slot, std::uint8_t component,
                          std::span<const std::byte> fields, bool last) {
  TESSERA_ASSERT(slot < kPageSlots && fields.size() <= kComponentBytesMax, "page body: component");
  out.number(static_cast<std::uint8_t>(slot | (last ? 0 : 0x80)));
  out.number(component);
  out.number(static_cast<std::uint8_t>(fields.size()));
  out.bytes(fields);
}

}  // namespace tessera::protocol
