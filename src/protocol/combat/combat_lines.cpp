// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "protocol/combat/combat_lines.h"

#include <algorithm>
#include <bit>

#include "engine/core/ids.h"

namespace tessera::protocol {
namespace {

using Who = CombatParty::Who;

constexpr std::uint32_t kIsActor = 3;

void write_number(BitWriter& out, std::uint32_t value) {
  const auto width = static_cast<unsigned>(std::bit_width(value));
  out.bits(width, 5);
  out.bits(value, width);
}

std::uint32_t read_number(BitReader& in, std::uint32_t most, bool& sound) {
  const unsigned width = in.bits(5);
  const std::uint32_t value = in.bits(width);
  sound &= value <= most && static_cast<unsigned>(std::bit_width(value)) == width;
  return value;
}

void write_optional(BitWriter& out, std::uint32_t value) {
  out.flag(value != 0);
  if (value != 0) write_number(out, value);
}

std::uint32_t read_optional(BitReader& in, std::uint32_t most, bool& sound) {
  if (!in.flag()) return 0;
  const std::uint32_t value = read_number(in, most, sound);
  sound &= value != 0;
  return value;
}

std::uint32_t zigzag(std::int32_t value) {
  return static_cast<std::uint32_t>(value) << 1 ^ static_cast<std::uint32_t>(value >> 31);
}
std::int32_t from_zigzag(std::uint32_t value) {
  return static_cast<std::int32_t>(value >> 1 ^ (~(value & 1) + 1));
}

void write_party(BitWriter& out, const CombatParty& party) {
  out.bits(static_cast<std::uint32_t>(party.who), 2);
  if (party.who == Who::Named) write_number(out, party.index);
}

/// `choice` is what the two bits said.
CombatParty read_party(BitReader& in, std::uint32_t choice, bool& sound) {
  if (choice > static_cast<std::uint32_t>(Who::Named)) {
    sound = false;
    return {};
  }
  CombatParty party{.who = static_cast<Who>(choice)};
  if (party.who == Who::Named) party.index = read_number(in, EntityId::kIndexMax, sound);
  return party;
}

void write_line(BitWriter& out, const CombatLine& line) {
  out.bits(static_cast<std::uint32_t>(line.kind), 4);
  out.flag(line.own);
  if (line.own) out.bits(line.number, 8);
  write_party(out, line.actor);
  if (line.target == line.actor) {
    out.bits(kIsActor, 2);
  } else {
    write_party(out, line.target);
  }
  out.flag(line.flags != 0);
  if (line.flags != 0) out.bits(line.flags, 5);
  write_optional(out, line.ability);
  write_optional(out, line.effect);
  write_optional(out, zigzag(line.amount));
  write_optional(out, static_cast<std::uint32_t>(line.absorbed));
  write_optional(out, line.count);
  if (line.kind == combat::CombatEventKind::Damage) out.bits(line.type, 3);
}

CombatLine read_line(BitReader& in, bool& sound) {
  CombatLine line;
  const std::uint32_t kind = in.bits(4);
  sound &= kind <= combat::kCombatEventKindMax;
  line.kind = static_cast<combat::CombatEventKind>(
      std::min<std::uint32_t>(kind, combat::kCombatEventKindMax));
  line.own = in.flag();
  if (line.own) line.number = static_cast<std::uint8_t>(in.bits(8));
  line.actor = read_party(in, in.bits(2), sound);
  const std::uint32_t target = in.bits(2);
  line.target = target == kIsActor ? line.actor : read_party(in, target, sound);
  if (in.flag()) {
    line.flags = static_cast<std::uint8_t>(in.bits(5));
    sound &= line.flags != 0;
  }
  line.ability = static_cast<std::uint16_t>(read_optional(in, 0xffff, sound));
  line.effect = static_cast<std::uint16_t>(read_optional(in, 0xffff, sound));
  constexpr std::uint32_t kZigzagMax = std::uint32_t{kCombatAmountMax} * 2;
  line.amount = from_zigzag(read_optional(in, kZigzagMax, sound));
  line.absorbed = static_cast<std::int32_t>(read_optional(in, kCombatAmountMax, sound));
  line.count = static_cast<std::uint8_t>(read_optional(in, 0xff, sound));
  if (line.kind == combat::CombatEventKind::Damage) {
    line.type = static_cast<std::uint8_t>(in.bits(3));
    sound &= line.type <= kDamageTypeMax;
  }
  return line;
}

}  // namespace

CombatWriter::CombatWriter(std::span<std::byte> out)
    : bytes_(out.first(std::min(out.size(), kCombatBytesMax))), out_(bytes_) {}

bool CombatWriter::add(const CombatLine& line, std::size_t bytes_max) {
  TESSERA_ASSERT(line.amount >= -kCombatAmountMax && line.amount <= kCombatAmountMax &&
                     line.absorbed >= 0 && line.absorbed <= kCombatAmountMax &&
                     line.flags <= combat::kCombatFlagsMax && line.type <= kDamageTypeMax,
                 "combat line: a number beyond its limit");
  if (count_ == kCombatLinesMax) return false;
  std::array<std::byte, kCombatLineBytesMax + 1> scratch;
  BitWriter alone(scratch);
  write_line(alone, line);
  const std::size_t bits = out_.bits_written() + alone.bits_written();
  if ((bits + 7) / 8 > std::min(bytes_max, bytes_.size())) return false;
  write_line(out_, line);
  ++count_;
  return true;
}

std::span<const std::byte> CombatWriter::finish() { return bytes_.first(out_.finish()); }

bool read_combat_lines(std::span<const std::byte> bytes, unsigned count,
                       std::vector<CombatLine>& out) {
  BitReader in(bytes);
  bool sound = true;
  for (unsigned i = 0; i < count && in.ok() && sound; ++i) out.push_back(read_line(in, sound));
  if (!in.ok() || !sound || in.bytes_read() != bytes.size()) return false;
  return true;
}

}  // namespace tessera::protocol
