// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "protocol/inputs.h"

#include <algorithm>

#include "engine/core/bits.h"

namespace tessera::protocol {
namespace {

/// A coordinate in the zone, in steps.
constexpr unsigned kPlaceBits = 18;
static_assert(kZoneSteps == 1 << kPlaceBits);

std::uint32_t byte_of(std::int8_t value) { return static_cast<std::uint8_t>(value); }

void write_move(BitWriter& out, const InputFrame& frame) {
  out.bits(byte_of(frame.move_x), 8);
  out.bits(byte_of(frame.move_z), 8);
}

void write_frame(BitWriter& out, const InputFrame& frame, const InputFrame& before) {
  out.flag(frame == before);
  if (frame == before) return;
  const bool buttons = frame.buttons != before.buttons;
  out.flag(buttons);
  if (buttons) out.bits(frame.buttons, 8);
  const bool move = frame.move_x != before.move_x || frame.move_z != before.move_z;
  out.flag(move);
  if (move) write_move(out, frame);
  out.flag(frame.aim != before.aim);
  if (frame.aim == before.aim) return;
  const auto difference =
      static_cast<std::int16_t>(static_cast<std::uint16_t>(frame.aim - before.aim));
  const bool whole = difference < -128 || difference > 127;
  out.flag(whole);
  if (whole) {
    out.bits(frame.aim, 16);
  } else {
    out.bits(byte_of(static_cast<std::int8_t>(difference)), 8);
  }
}

void read_move(BitReader& in, InputFrame& frame) {
  frame.move_x = static_cast<std::int8_t>(in.bits(8));
  frame.move_z = static_cast<std::int8_t>(in.bits(8));
}

InputFrame read_frame(BitReader& in, const InputFrame& before) {
  InputFrame frame = before;
  if (in.flag()) return frame;
  if (in.flag()) frame.buttons = static_cast<std::uint8_t>(in.bits(8));
  if (in.flag()) read_move(in, frame);
  if (in.flag()) {
    if (in.flag()) {
      frame.aim = static_cast<std::uint16_t>(in.bits(16));
    } else {
      const auto difference = static_cast<std::int8_t>(in.bits(8));
      frame.aim = static_cast<std::uint16_t>(before.aim + difference);
    }
  }
  return frame;
}

void write_target(BitWriter& out, EntityId target) {
  out.flag(bool{target});
  if (!target) return;
  out.bits(static_cast<std::uint32_t>(target.value), 32);
  out.bits(static_cast<std::uint32_t>(target.value >> 32), 32);
}

EntityId read_target(BitReader& in) {
  if (!in.flag()) return {};
  const std::uint64_t low = in.bits(32);
  return {low | std::uint64_t{in.bits(32)} << 32};
}

void write_aim(BitWriter& out, const Action& action) {
  out.bits(action.pitch, 16);
  write_target(out, action.target);
  out.flag(action.has_place);
  if (!action.has_place) return;
  out.bits(static_cast<std::uint32_t>(action.place.x), kPlaceBits);
  out.bits(static_cast<std::uint32_t>(action.place.z), kPlaceBits);
  out.bits(action.height, 16);
}

void read_aim(BitReader& in, Action& action) {
  action.pitch = static_cast<std::uint16_t>(in.bits(16));
  action.target = read_target(in);
  action.has_place = in.flag();
  if (!action.has_place) return;
  action.place.x = static_cast<std::int32_t>(in.bits(kPlaceBits));
  action.place.z = static_cast<std::int32_t>(in.bits(kPlaceBits));
  action.height = static_cast<std::uint16_t>(in.bits(16));
}

bool read_actions(BitReader& in, Inputs& inputs) {
  for (Action& action : std::span(inputs.actions).first(inputs.action_count)) {
    action.number = static_cast<std::uint16_t>(in.bits(16));
    const std::uint32_t kind = in.bits(4);
    action.value = static_cast<std::uint16_t>(in.bits(16));
    const std::uint32_t back = in.bits(7);
    action.shown = static_cast<std::uint16_t>(in.bits(16));
    if (kind == 0 || kind > kActionKindMax || back >= inputs.newest_frame) return false;
    action.kind = static_cast<ActionKind>(kind);
    action.frame = inputs.newest_frame - back;
    if (action.kind == ActionKind::Ability) read_aim(in, action);
  }
  return true;
}

}  // namespace

std::size_t write_inputs(std::span<std::byte> bytes, const Inputs& inputs) {
  TESSERA_ASSERT(inputs.frame_count <= kInputFramesMax && inputs.action_count <= kActionsMax &&
                     inputs.frame_count <= inputs.newest_frame,
                 "inputs: counts");
  BitWriter out(bytes);
  out.bits(inputs.newest_frame, 32);
  out.bits(inputs.frame_count, 4);
  out.bits(inputs.action_count, 3);
  out.flag(inputs.wants_own_state);
  out.flag(inputs.wants_new_view);
  write_target(out, inputs.target);
  for (std::uint32_t i = 0; i < inputs.frame_count; ++i) {
    const InputFrame& frame = inputs.frames[i];
    if (i > 0) {
      write_frame(out, frame, inputs.frames[i - 1]);
    } else {
      out.bits(frame.buttons, 8);
      write_move(out, frame);
      out.bits(frame.aim, 16);
    }
  }
  for (const Action& action : std::span(inputs.actions).first(inputs.action_count)) {
    TESSERA_ASSERT(action.frame <= inputs.newest_frame && action.frame > 0,
                   "inputs: action's frame");
    out.bits(action.number, 16);
    out.bits(static_cast<std::uint32_t>(action.kind), 4);
    out.bits(action.value, 16);
    out.bits(inputs.newest_frame - action.frame, 7);
    out.bits(action.shown, 16);
    if (action.kind == ActionKind::Ability) write_aim(out, action);
  }
  return out.finish();
}

std::expected<Inputs, DecodeError> read_inputs(std::span<const std::byte> bytes) {
  if (bytes.size() > kInputsBytesMax) return std::unexpected(DecodeError::OutOfRange);
  BitReader in(bytes);
  Inputs inputs;
  inputs.newest_frame = in.bits(32);
  inputs.frame_count = in.bits(4);
  inputs.action_count = in.bits(3);
  inputs.wants_own_state = in.flag();
  inputs.wants_new_view = in.flag();
  inputs.target = read_target(in);
  if (!in.ok()) return std::unexpected(DecodeError::Truncated);
  if (inputs.frame_count > kInputFramesMax || inputs.action_count > kActionsMax ||
      inputs.frame_count > inputs.newest_frame) {
    return std::unexpected(DecodeError::OutOfRange);
  }
  for (std::uint32_t i = 0; i < inputs.frame_count; ++i) {
    InputFrame& frame = inputs.frames[i];
    if (i > 0) {
      frame = read_frame(in, inputs.frames[i - 1]);
    } else {
      frame.buttons = static_cast<std::uint8_t>(in.bits(8));
      read_move(in, frame);
      frame.aim = static_cast<std::uint16_t>(in.bits(16));
    }
  }
  const bool actions_ok = read_actions(in, inputs);
  if (!in.ok()) return std::unexpected(DecodeError::Truncated);
  if (!actions_ok) return std::unexpected(DecodeError::Malformed);
  if (in.bytes_read() != bytes.size()) return std::unexpected(DecodeError::TrailingBytes);
  return inputs;
}

}  // namespace tessera::protocol
