// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Lines of the combat log on the wire: bit-packed, one after the other, the last byte filled with
// zeros. A line says who did what to whom; entities by the short names that the client knows
// (snapshot.h). Docs: docs/protocol.md, 8.3.
//
//   4       kind
//   1 + 8   own: 0, or 1 and the line's number, for lines that are told until they are confirmed
//   2       actor: 0 out of sight, 1 the viewer, 2 its index follows (as a number)
//   2       target: the same, or 3: the actor
//   1 + 5   flags: 0, or 1 and the flags
//   1 + n   ability, then effect, amount (zigzag), absorbed, count: each 0, or 1 and a number
//   3       type of damage, only of Damage
//
//   number: 5 bits: how many bits follow; these. Highest bit set, so none has two spellings.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/bits.h"
#include "engine/core/bytes.h"
#include "gameplay/shared/combat_kinds.h"
#include "protocol/limits.h"

namespace tessera::protocol {

/// Actor or target of a line, as the client knows it.
struct CombatParty {
  enum class Who : std::uint8_t { OutOfSight, Viewer, Named };
  Who who{};
  std::uint32_t index = 0;  ///< Named: its short name
  constexpr bool operator==(const CombatParty&) const = default;
};

struct CombatLine {
  CombatParty actor{};
  CombatParty target{};
  std::int32_t amount = 0;    ///< -2^30 < amount < 2^30
  std::int32_t absorbed = 0;  ///< 0 to 2^30 - 1
  std::uint16_t ability = 0;
  std::uint16_t effect = 0;
  combat::CombatEventKind kind{};
  std::uint8_t type = 0;  ///< of damage, 0 to 5
  std::uint8_t flags = 0;
  std::uint8_t count = 0;   ///< stacks; effects dispelled
  std::uint8_t number = 0;  ///< only if it is own
  bool own = false;         ///< the viewer is actor or target: told until it is confirmed
  constexpr bool operator==(const CombatLine&) const = default;
};

inline constexpr std::int32_t kCombatAmountMax = (1 << 30) - 1;
inline constexpr std::uint8_t kDamageTypeMax = 5;

/// Writes lines into the given bytes, at most kCombatBytesMax of them.
class CombatWriter {
 public:
  explicit CombatWriter(std::span<std::byte> out);

  /// False: it does not fit (into `bytes_max`, if that is less), and nothing was written.
  bool add(const CombatLine& line, std::size_t bytes_max = kCombatBytesMax);
  std::uint8_t count() const { return count_; }
  /// Call it once, at the end.
  std::span<const std::byte> finish();

 private:
  std::span<std::byte> bytes_;
  BitWriter out_;
  std::uint8_t count_ = 0;
};

/// Appends `count` lines to `out`; false when the bytes are not exactly these.
bool read_combat_lines(std::span<const std::byte> bytes, unsigned count,
                       std::vector<CombatLine>& out);

}  // namespace tessera::protocol
