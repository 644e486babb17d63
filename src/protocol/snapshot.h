// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A snapshot: what the server tells one client about the world, in one datagram. All integers are
// little-endian, varints are LEB128 (docs/protocol.md has every byte and test vectors).
//
//   u8   flags: 1 own check, 2 own state, 4 answers, 8 view, 16 rosters (only with view);
//        bits 5..7: view epoch, counted modulo 8
//   u32  tick that produced it
//   [own check]  u16 last applied input frame (low bits), u16 check of the motion after it
//   [own state]  u32 last applied input frame, entity id, position 3 x f32, velocity 3 x f32,
//                u8 grounded, roll: u16 way, u8 ticks, u8 buttons
//   [answers]    u8 count, bit 7: combat lines follow; each: u16 action number, u8 verdict, u32
//                value; then, if they follow, u8 count of lines, varint length, lines
//                (combat/combat_lines.h)
//   [view]       u8 x, u8 z of the anchor cell
//     [rosters]  u8 count; each: page reference, varint (slot mask << 1 | complete), an entry per
//     slot pages up to the end; each: page reference, page body
//
//   entity id       varint index, varint generation, varint zone
//   page reference  u8: cell code relative to the anchor; bit 7: u8 page number follows (else 0)
//   roster entry    varint (entity index << 2 | tag); tag 0: nobody (index 0), 1: an entity
//   introduced
//                   before in this epoch, 2: introduction: varint generation, varint zone,
//                   varint length of components; each: u8 index, u8 length, fields
//                   (components/component_codec.h)
//   page head       short: u8, bits 0..3 slots 0..3 (not none), bits 4..6 steps from the cell code
//   of the
//                   page before, less one (before the first: -1); page number 0, no components.
//                   Long: u8 cell code + 128; varint (bitmap << 1 | numbered), the bitmap's bits
//                   0..31 slots, bit 32: components follow, bit 33: of these slots only, the page
//                   as a whole is not told; u8 page number if numbered (not 0)
//   page body       for each slot of the bitmap a state: u32 (cells.h), u16 height when its bit 31
//   is
//                   set; then components: u8 slot, bit 7: another follows; u8 index, u8 length,
//                   fields
//
// `complete`: slots outside the mask are empty now; with an empty mask the page is closed.
// A page body depends on the page and on the tick since when, not on the viewer: the server encodes
// it once and copies it. Snapshots may overtake each other: what a slot holds and its state are
// each as new as the newest snapshot that told them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <vector>

#include "engine/core/bytes.h"
#include "engine/core/ids.h"
#include "engine/math/vec.h"
#include "gameplay/movement/input_frame.h"
#include "protocol/cells.h"
#include "protocol/combat/combat_lines.h"
#include "protocol/limits.h"

namespace tessera::protocol {

inline constexpr std::uint8_t kFlagOwnCheck = 1;
inline constexpr std::uint8_t kFlagOwnState = 2;
inline constexpr std::uint8_t kFlagAnswers = 4;
inline constexpr std::uint8_t kFlagView = 8;
inline constexpr std::uint8_t kFlagRosters = 16;
/// Of the count of answers: combat lines follow.
inline constexpr std::uint8_t kCombatFollows = 0x80;
inline constexpr unsigned kEpochShift = 5;
inline constexpr std::uint8_t kEpochMask = 7;
inline constexpr std::uint64_t kComponentsFollow = std::uint64_t{1} << 32;
/// Of a page's bitmap: what it says of other slots is nothing, not that they are as they were.
inline constexpr std::uint64_t kSlotsAlone = std::uint64_t{1} << 33;

/// Where a character is and how it moves, bit for bit: what prediction starts from.
struct Motion {
  math::Vec3 position;
  math::Vec3 velocity;
  bool grounded = true;
  movement::Roll roll{};
  constexpr bool operator==(const Motion&) const = default;
};

/// 16 bits of a hash of the motion; client and server compute it from the same float bits.
std::uint16_t motion_check(const Motion& motion);

/// The confirmation that costs four bytes: the client compares it with what it predicted.
struct OwnCheck {
  std::uint16_t frame = 0;  ///< low bits of the last applied input frame
  std::uint16_t check = 0;
  constexpr bool operator==(const OwnCheck&) const = default;
};

/// The exact own state: when the view begins, when the server ran frames that the client did not
/// send, and when the client asks because a check did not match.
struct OwnState {
  std::uint32_t frame = 0;  ///< last applied input frame; 0: none yet
  EntityId entity;
  Motion motion;
  constexpr bool operator==(const OwnState&) const = default;
};

enum class ActionVerdict : std::uint8_t {
  Done,
  OnCooldown,
  NotAllowed,
  Unknown,
  NobodyThere,
};
inline constexpr std::uint8_t kActionVerdictMax =
    static_cast<std::uint8_t>(ActionVerdict::NobodyThere);

/// What became of an own action.
struct ActionAnswer {
  std::uint16_t action = 0;  ///< the client's number for it
  ActionVerdict verdict{};
  /// Emote: which. Shove: how many were touched. Throw: how many stones of his are in the air.
  std::uint32_t value = 0;
  constexpr bool operator==(const ActionAnswer&) const = default;
};

struct PageKey {
  Cell cell;
  std::uint8_t page = 0;
  constexpr auto operator<=>(const PageKey&) const = default;
};

// ---- writing: asserts; the caller has checked that there is room --------------------------------

/// Bytes of the parts, for the sender's budget.
inline constexpr std::size_t kSnapshotHeaderBytes = 5;
inline constexpr std::size_t kOwnCheckBytes = 4;
inline constexpr std::size_t kOwnStateBytesMax = 4 + 12 + 25 + 4;
inline constexpr std::size_t kAnswersHeadBytes = 1;
inline constexpr std::size_t kAnswerBytes = 7;
/// Count and length of combat lines.
inline constexpr std::size_t kCombatHeadBytesMax = 3;
inline constexpr std::size_t kViewHeaderBytes = 3;
inline constexpr std::size_t kPageReferenceBytesMax = 2;
inline constexpr std::size_t kPageHeadBytesMax = 1 + 5 + 1;
/// 32 states with heights, and two bytes that writing the last one may touch.
inline constexpr std::size_t kPageStatesBytesMax = 32 * 6 + 2;

/// Readable bytes behind a body that SnapshotWriter::page takes.
inline constexpr std::size_t kBodySlack = 32;

/// Writes one snapshot, in the order of the methods below.
class SnapshotWriter {
 public:
  SnapshotWriter(std::span<std::byte> out, std::uint32_t tick, std::uint8_t epoch);

  void own_check(const OwnCheck& check);
  void own_state(const OwnState& state);
  /// What became of own actions, and what happens in fights: at least one of both. Of lines at
  /// most kCombatLinesMax, of a CombatWriter.
  void answers(std::span<const ActionAnswer> answers, std::uint8_t lines = 0,
               std::span<const std::byte> line_bytes = {});

  void begin_view(Cell anchor);
  /// A roster change. `entries`: one per bit of `mask`, lowest first, by the functions below.
  void roster(PageKey page, std::uint32_t mask, bool complete, std::span<const std::byte> entries);
  /// A page: its body is what `bitmap` says, and behind it kBodySlack bytes may be read. Pages in
  /// the order of their cells have shorter heads.
  void page(PageKey page, std::uint64_t bitmap, std::span<const std::byte> body) {
    const std::uint8_t code = cell_code(anchor_, page.cell);
    const int step = code - last_code_ - 1;
    last_code_ = code;
    if (bitmap < 16 && step >= 0 && step < 8 && page.page == 0) {
      out_.number(static_cast<std::uint8_t>(step << 4 | static_cast<int>(bitmap)));
    } else {
      out_.number(static_cast<std::uint8_t>(code | 0x80));
      out_.varint(bitmap << 1 | (page.page != 0 ? 1 : 0));
      if (page.page != 0) out_.number(page.page);
    }
    out_.bytes_of_room<kBodySlack>(body);
  }

  std::size_t size() const { return out_.size(); }
  std::size_t room() const { return out_.room(); }
  std::span<const std::byte> written() const { return out_.written(); }

 private:
  void reference(PageKey page) {
    const std::uint8_t code = cell_code(anchor_, page.cell);
    if (page.page == 0) {
      out_.number(code);
    } else {
      out_.number(static_cast<std::uint8_t>(code | 0x80));
      out_.number(page.page);
    }
  }
  void flag(std::uint8_t flag);

  ByteWriter out_;
  Cell anchor_;
  int last_code_ = -1;
  std::size_t roster_count_at_ = 0;
  std::uint8_t rosters_ = 0;
  std::uint8_t flags_ = 0;
};

/// Bytes of an introduction before its components.
inline constexpr std::size_t kIntroductionHeadBytesMax = 4 + 4 + 3 + 2;

/// The entries of a roster.
inline void write_empty_slot(ByteWriter& out) { out.varint(0); }
inline void write_known_slot(ByteWriter& out, std::uint32_t entity_index) {
  out.varint(std::uint64_t{entity_index} << 2 | 1);
}
void write_introduced_slot(ByteWriter& out, EntityId entity, std::span<const std::byte> components);

/// Writes the states of a page body to `out`, which has kPageStatesBytesMax bytes: of `states`
/// those in `mask`. Returns the bytes written.
std::size_t write_page_states(std::span<std::byte> out, std::uint32_t mask,
                              std::span<const EntityState, kPageSlots> states);
/// Appends one component of a body; `last` ends the list.
void write_page_component(ByteWriter& out, std::uint8_t slot, std::uint8_t component,
                          std::span<const std::byte> fields, bool last);

// ---- reading: trusts nobody
// ----------------------------------------------------------------------

struct ComponentBytes {
  std::uint8_t slot = 0;
  std::uint8_t component = 0;  ///< may be one this client does not know: skip it
  std::span<const std::byte> fields;
};

struct RosterEntry {
  enum class Kind : std::uint8_t { Nobody, Known, Introduced };
  Kind kind{};
  std::uint8_t slot = 0;
  std::uint32_t entity_index = 0;     ///< Known and Introduced
  EntityId entity;                    ///< Introduced
  std::uint32_t first_component = 0;  ///< Introduced: into Snapshot::components
  std::uint32_t component_count = 0;
};

struct RosterChange {
  PageKey page;
  bool complete = false;
  std::uint32_t first_entry = 0;  ///< into Snapshot::entries
  std::uint32_t entry_count = 0;
};

struct SlotState {
  std::uint8_t slot = 0;
  EntityState state;
};

struct PageUpdate {
  PageKey page;
  bool slots_alone = false;       ///< nothing is said of its other slots
  std::uint32_t first_state = 0;  ///< into Snapshot::states
  std::uint32_t state_count = 0;
  std::uint32_t first_component = 0;  ///< into Snapshot::components
  std::uint32_t component_count = 0;
};

/// A snapshot taken apart. Keep one and read into it again: its vectors keep their memory. Spans
/// point into the bytes it was read from.
struct Snapshot {
  std::uint32_t tick = 0;
  std::uint8_t epoch = 0;
  bool has_own_check = false;
  bool has_own_state = false;
  bool has_view = false;
  OwnCheck own_check;
  OwnState own_state;
  Cell anchor;
  std::vector<ActionAnswer> answers;
  std::vector<CombatLine> combat;
  std::vector<RosterChange> rosters;
  std::vector<RosterEntry> entries;
  std::vector<PageUpdate> pages;
  std::vector<SlotState> states;
  std::vector<ComponentBytes> components;
};

/// Reads all of `in`. On failure `out` holds nothing of use.
std::expected<void, DecodeError> read_snapshot(std::span<const std::byte> in, Snapshot& out);

}  // namespace tessera::protocol
