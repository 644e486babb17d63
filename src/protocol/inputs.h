// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The section in which a client sends what its player does: frames of 1/60 s, the newest ones and,
// for loss, those before that are not yet confirmed; and actions until they are answered.
// Bit-packed, least significant bit first (docs/protocol.md has test vectors).
//
//   32  number of the newest frame; the first frame of a session is 1
//    4  count of frames (0..8), 3  count of actions (0..4)
//    1  the client wants its exact own state, 1  it wants a new view
//    1 + 64  the target that the player has chosen
//   frames, oldest first. The first is whole: buttons 8, move x 8, z 8, aim 16. Each other:
//    1  same as the one before; if not:
//       1 + 8   buttons, when they differ
//       1 + 16  move x and z, when they differ
//       1 + 1   aim, when it differs: 0 and 8 bits: signed difference; 1 and 16 bits: the aim
//   actions: 16 number, 4 kind, 16 value, 7 frames before the newest, 16 the time it was shown;
//     of an ability also: 16 pitch, 1 + 64 the target, 1 + 18 + 18 + 16 the place (x, z, height)
//   zero bits up to the byte
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>

#include "engine/core/bytes.h"
#include "engine/core/ids.h"
#include "gameplay/movement/input_frame.h"
#include "protocol/cells.h"
#include "protocol/limits.h"

namespace tessera::protocol {

using movement::InputFrame;

enum class ActionKind : std::uint8_t {
  None,
  Emote,
  Shove,  ///< who stands ahead
  Throw,  ///< a stone
  Ability,
  Release,  ///< the dead: leave the body
  Revive,   ///< a spirit: live again
};
inline constexpr std::uint8_t kActionKindMax = static_cast<std::uint8_t>(ActionKind::Revive);

/// Action::shown counts in such parts of a tick: of 6 mm of a runner's way. 16 bits are 68 s.
inline constexpr std::uint32_t kShownPartsPerTick = 16;

/// Something the player begins and wants an answer to.
struct Action {
  std::uint16_t number = 0;  ///< chosen by the client, growing; the answer names it
  ActionKind kind{};
  /// Emote, Ability: which. Throw: the pitch, a quantised angle (engine/math/angles.h), up
  /// positive.
  std::uint16_t value = 0;
  std::uint32_t frame = 0;  ///< the input frame in which it began
  /// The time in which the client showed others when it began: low bits of tick times
  /// kShownPartsPerTick.
  std::uint16_t shown = 0;

  // Of an ability only.
  std::uint16_t pitch = 0;   ///< a quantised angle, up positive
  std::uint16_t height = 0;  ///< height_steps
  bool has_place = false;    ///< it is aimed at a place on the ground: `place` and `height`
  EntityId target{};         ///< none: at nobody
  GroundSteps place{};
  constexpr bool operator==(const Action&) const = default;
};

struct Inputs {
  std::uint32_t newest_frame = 0;
  std::uint32_t frame_count = 0;
  std::uint32_t action_count = 0;
  bool wants_own_state = false;
  bool wants_new_view = false;
  EntityId target{};  ///< whom the player has chosen, to be told of him often; none: nobody
  /// The first frame_count hold frames newest_frame - frame_count + 1 .. newest_frame.
  std::array<InputFrame, kInputFramesMax> frames{};
  std::array<Action, kActionsMax> actions{};

  std::uint32_t first_frame() const { return newest_frame - frame_count + 1; }
};

/// Returns the bytes written; `out` holds kInputsBytesMax. Counts must be within their limits,
/// numbers of frames start at 1 and actions began at most kActionFramesBackMax frames before the
/// newest.
std::size_t write_inputs(std::span<std::byte> out, const Inputs& inputs);

std::expected<Inputs, DecodeError> read_inputs(std::span<const std::byte> in);

}  // namespace tessera::protocol
