// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "client/client.h"

#include <algorithm>
#include <utility>

#include "engine/math/angles.h"

namespace tessera::client {
namespace {

/// Frames of one advance(); who was away longer goes on from where the server is.
constexpr int kFramesAtOnceMax = 12;
/// Without frames to send a packet still goes out so often, for the acknowledgements.
constexpr std::int64_t kIdlePacketUs = 100'000;
/// After so long an action is given up; the server would not care for it any more.
constexpr std::int64_t kActionPatienceUs = 2'000'000;
/// A wish (own state, new view) is repeated as often as a round trip may take.
constexpr std::int64_t kAskAgainUs = 200'000;
/// What a correction left between the drawn and the right place shrinks to this part in a tick: to
/// a tenth in a quarter of a second.
constexpr float kOffsetKept = 0.86f;
/// Beyond this it was no correction but another place.
constexpr float kOffsetMax_m = 4;
/// Messages and answers nobody fetched; the oldest go.
constexpr std::size_t kEventsMax = 256;

template <class Event>
void push_event(std::vector<Event>& events, Event event) {
  if (events.size() == kEventsMax) events.erase(events.begin());
  events.push_back(std::move(event));
}

}  // namespace

/// Takes a packet's parts while the channel reads it.
class Client::Unpack final : public channel::Receiver {
 public:
  Unpack(Client& client, std::int64_t now_us) : client_(client), now_us_(now_us) {}

  void on_section(std::uint8_t kind, std::span<const std::byte> bytes) override {
    if (kind == static_cast<std::uint8_t>(protocol::SectionKind::Snapshot)) {
      client_.take_snapshot(now_us_, bytes);
    }
  }
  void on_message(std::uint8_t stream, std::span<const std::byte> bytes) override {
    push_event(client_.message_events_, {stream, {bytes.begin(), bytes.end()}});
  }

 private:
  Client& client_;
  std::int64_t now_us_;
};

Client::Client(const Options& options, const physics::CollisionWorld& world)
    : options_(options), world_(world), channel_(options.channel), prediction_(world_) {}

std::expected<void, DecodeError> Client::receive(std::int64_t now_us,
                                                 std::span<const std::byte> packet) {
  Unpack unpack(*this, now_us);
  ++statistics_.packets_in;
  const auto read = channel_.read_packet(now_us, packet, unpack);
  if (!read) ++statistics_.decode_errors;
  return read;
}

void Client::take_snapshot(std::int64_t now_us, std::span<const std::byte> bytes) {
  if (!protocol::read_snapshot(bytes, snapshot_)) {
    ++statistics_.decode_errors;
    snapshot_missed_ = true;  // its packet is acknowledged: the server will not tell it again
    return;
  }
  ++statistics_.snapshots;
  clock_.arrived(snapshot_.tick, now_us);
  if (snapshot_.has_own_state) take_own_state(snapshot_.own_state);
  if (snapshot_.has_own_check && snapshot_.tick >= newest_tick_) {
    prediction_.confirm(snapshot_.own_check);
  }
  newest_tick_ = std::max(newest_tick_, snapshot_.tick);
  for (const protocol::ActionAnswer& answer : snapshot_.answers) take_answer(now_us, answer);
  replica_.apply(snapshot_);
  for (const protocol::CombatLine& line : snapshot_.combat) take_combat(line);
  const RemoteEntity* const self = replica_.find(own_entity());
  if (self != nullptr) prediction_.set_speed(self->condition.speed);
}

void Client::take_own_state(const protocol::OwnState& own) {
  const bool same = in_world() && own.entity == own_entity();
  const math::Vec3 before = prediction_.state().position;
  prediction_.correct(own);
  drawn_offset_ = drawn_offset_ + (before - prediction_.state().position);
  if (!same || math::length(drawn_offset_) > kOffsetMax_m) drawn_offset_ = {};
}

void Client::take_answer(std::int64_t now_us, const protocol::ActionAnswer& answer) {
  const auto waiting =
      std::ranges::find(waiting_, answer.action, [](const Waiting& w) { return w.action.number; });
  if (waiting == waiting_.end()) return;  // told before, or given up
  push_event(action_events_, {.number = answer.action,
                              .kind = waiting->action.kind,
                              .answered = true,
                              .verdict = answer.verdict,
                              .value = answer.value,
                              .begun_us = waiting->begun_us,
                              .answered_us = now_us});
  waiting_.erase(waiting);
}

void Client::take_combat(const protocol::CombatLine& line) {
  if (line.own && !combat_seen_.note(line.number)) return;  // told before
  const auto entity_of = [&](const protocol::CombatParty& party) -> EntityId {
    using Who = protocol::CombatParty::Who;
    if (party.who == Who::Viewer) return own_entity();
    return party.who == Who::Named ? replica_.id_named(party.index) : EntityId{};
  };
  push_event(combat_events_, {.actor = entity_of(line.actor),
                              .target = entity_of(line.target),
                              .amount = line.amount,
                              .absorbed = line.absorbed,
                              .ability = line.ability,
                              .effect = line.effect,
                              .kind = line.kind,
                              .type = line.type,
                              .flags = line.flags,
                              .count = line.count});
}

void Client::give_up_old_actions(std::int64_t now_us) {
  std::erase_if(waiting_, [&](const Waiting& waiting) {
    const std::uint32_t newest = prediction_.newest_frame();
    const std::uint32_t begun = waiting.action.frame;
    // The server may count anew, for another character: then it began in a frame still to come.
    const bool can_be_told = begun <= newest && newest - begun <= protocol::kActionFramesBackMax;
    if (can_be_told && now_us - waiting.begun_us < kActionPatienceUs) return false;
    push_event(action_events_, {.number = waiting.action.number,
                                .kind = waiting.action.kind,
                                .begun_us = waiting.begun_us});
    return true;
  });
}

std::uint16_t Client::begin_action(std::int64_t now_us, protocol::ActionKind kind,
                                   std::uint16_t value) {
  return begin_action(now_us, protocol::Action{.kind = kind, .value = value});
}

std::uint16_t Client::begin_action(std::int64_t now_us, const protocol::Action& wanted) {
  if (!in_world() || prediction_.newest_frame() == 0) return 0;
  if (waiting_.size() >= protocol::kActionsMax) return 0;
  const std::uint16_t number = next_action_;
  next_action_ = static_cast<std::uint16_t>(next_action_ == 0xffff ? 1 : next_action_ + 1);
  const double shown = shown_tick_at(now_us);
  const auto shown_parts = static_cast<std::int64_t>(shown * protocol::kShownPartsPerTick);
  protocol::Action action = wanted;
  action.number = number;
  action.frame = prediction_.newest_frame();
  action.shown = static_cast<std::uint16_t>(shown_parts);
  waiting_.push_back({action, now_us});
  at_once_ = true;
  return number;
}

void Client::advance(std::int64_t now_us) {
  give_up_old_actions(now_us);
  if (clock_.started()) playback_.follow(clock_.tick_at(now_us), now_us);
  const auto passed_us = static_cast<double>(now_us - std::exchange(advanced_at_us_, now_us));
  replica_.advance(static_cast<float>(passed_us / ServerClock::kMicrosecondsPerTick));
  if (!in_world()) return;
  const double tick = tick_at(now_us);
  if (next_frame_tick_ == 0) next_frame_tick_ = tick;
  const movement::InputFrame input{.aim = math::quantise_angle(controls_.heading),
                                   .move_x = controls_.move_x,
                                   .move_z = controls_.move_z,
                                   .buttons = controls_.buttons};
  for (int i = 0; i < kFramesAtOnceMax && next_frame_tick_ <= tick; ++i) {
    prediction_.step(input);
    drawn_offset_ = drawn_offset_ * kOffsetKept;
    next_frame_tick_ += 1;
    ++frames_since_packet_;
  }
  if (next_frame_tick_ > tick) return;
  const auto missed = static_cast<std::uint32_t>(tick - next_frame_tick_) + 1;
  prediction_.skip(missed);
  next_frame_tick_ += missed;
}

bool Client::set_door(std::uint32_t door, bool open) {
  if (door >= world_.geometry().doors.size()) return false;
  world_.set_open(door, open);
  return true;
}

bool Client::packet_due(std::int64_t now_us) {
  if (at_once_ || frames_since_packet_ >= options_.frames_per_packet) return true;
  return now_us - packet_at_us_ >= kIdlePacketUs || channel_.wants_to_send(now_us);
}

protocol::Inputs Client::inputs_to_send(std::int64_t now_us) {
  give_up_old_actions(now_us);  // frames may have been skipped, or counted anew, since they began
  protocol::Inputs inputs;
  prediction_.frames_to_send(inputs);
  inputs.target = target_;
  for (const Waiting& waiting : waiting_) inputs.actions[inputs.action_count++] = waiting.action;
  const bool may_ask = now_us - asked_at_us_ >= kAskAgainUs;
  const bool wants_view = replica_.wants_new_view() || snapshot_missed_;
  if (may_ask && (prediction_.wants_own_state() || wants_view)) {
    inputs.wants_own_state = prediction_.wants_own_state();
    inputs.wants_new_view = wants_view;
    snapshot_missed_ = false;
    statistics_.views += inputs.wants_new_view ? 1 : 0;
    asked_at_us_ = now_us;
  }
  return inputs;
}

std::size_t Client::write_packet(std::int64_t now_us, std::span<std::byte> out) {
  // Losses are told to nobody here: inputs repeat themselves.
  channel_.take_deliveries([](const channel::Delivery&) {});
  if (!packet_due(now_us)) return 0;
  std::array<std::byte, protocol::kInputsBytesMax> bytes;
  channel::Section section;
  section.kind = static_cast<std::uint8_t>(protocol::SectionKind::Inputs);
  if (in_world()) {
    section.bytes = std::span(bytes).first(protocol::write_inputs(bytes, inputs_to_send(now_us)));
  }
  at_once_ = false;
  frames_since_packet_ = 0;
  packet_at_us_ = now_us;
  ++statistics_.packets_out;
  return channel_.write_packet(now_us, std::span(&section, in_world() ? 1 : 0), out);
}

bool Client::send_message(protocol::Topic topic, std::span<const std::byte> message) {
  return channel_.send(static_cast<std::uint8_t>(topic), message);
}

Pose Client::own_pose() const {
  const movement::MotionState& state = prediction_.state();
  return {state.position, state.velocity_m_per_s, state.heading};
}

Pose Client::drawn_own_pose(std::int64_t now_us) const {
  const movement::MotionState& to = prediction_.state();
  const movement::MotionState& from = prediction_.state_before();
  const double since = tick_at(now_us) - (next_frame_tick_ - 1);
  const auto share = static_cast<float>(std::clamp(since, 0.0, 1.0));
  const math::Vec3 way = to.position - from.position;
  // Who was carried off to another place is there at once.
  const math::Vec3 place =
      math::length(way) > kOffsetMax_m ? to.position : from.position + way * share;
  return {place + drawn_offset_, to.velocity_m_per_s, to.heading};
}

std::optional<Pose> Client::pose(EntityId entity, std::int64_t now_us) const {
  if (in_world() && entity == own_entity()) return drawn_own_pose(now_us);
  const RemoteEntity* const remote = replica_.find(entity);
  if (remote == nullptr) return std::nullopt;
  return pose_at(remote->history, shown_tick_of(*remote, now_us), world_.terrain());
}

void Client::clear_events() {
  action_events_.clear();
  message_events_.clear();
  combat_events_.clear();
}

}  // namespace tessera::client
