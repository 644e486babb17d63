// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "gameplay/abilities/abilities.h"
#include "gameplay/emotes/emotes.h"
#include "gameplay/movement/input_queue.h"
#include "gameplay/pvp/pvp.h"
#include "gameplay/shared/components.h"
#include "gameplay/skirmish/skirmish.h"
#include "protocol/sections.h"
#include "world/intake/intake.h"
#include "world/zone/testing/test_world.h"

namespace tessera::intake {

using cluster::CloseReason;
using cluster::DownKind;
using cluster::UpKind;

/// A zone behind one link, with a gateway that the test plays.
class IntakeTest : public testing::Test, public ViewFeedback {
 protected:
  explicit IntakeTest(const IntakeLimits& its_limits = {}) : limits(its_limits) {}

  void delivered(SessionId session, std::uint32_t snapshot, bool arrived) override {
    feedback.push_back(std::to_string(session.value) + (arrived ? " got " : " lost ") +
                       std::to_string(snapshot));
  }
  void want_own_state(SessionId session) override {
    feedback.push_back(std::to_string(session.value) + " wants its state");
  }
  void want_new_view(SessionId session) override {
    feedback.push_back(std::to_string(session.value) + " wants a new view");
  }
  void choose_target(SessionId session, EntityId target) override {
    feedback.push_back(std::to_string(session.value) + " chooses " + std::to_string(target.value));
  }

  cluster::OpenedSession character(std::uint64_t id) {
    cluster::OpenedSession opened;
    opened.account = {id + 100};
    opened.character = {id};
    opened.name = FixedString<cluster::kOpenedNameBytesMax>("Anna");
    opened.position_m = {100, 0, 100};
    opened.has_position = true;
    opened.play_seconds = 50;
    opened.epoch = 1;
    return opened;
  }
  void open(std::uint64_t session, const cluster::OpenedSession& opened) {
    std::array<std::byte, cluster::kOpenedSessionBytesMax> bytes;
    link.push_up({.session = {session}, .kind = UpKind::SessionOpened},
                 cluster::encode(opened, bytes));
  }
  void open(std::uint64_t session, std::uint64_t character_id) {
    open(session, character(character_id));
  }
  void send(std::uint64_t session, const protocol::Inputs& inputs) {
    std::array<std::byte, protocol::kInputsBytesMax> bytes;
    const std::size_t size = protocol::write_inputs(bytes, inputs);
    link.push_up({.session = {session}, .kind = UpKind::Inputs}, std::span(bytes).first(size));
  }
  protocol::Inputs frames(std::uint32_t newest, std::uint32_t count) {
    protocol::Inputs inputs;
    inputs.newest_frame = newest;
    inputs.frame_count = count;
    for (std::uint32_t i = 0; i < count; ++i) {
      inputs.frames[i].aim = static_cast<std::uint16_t>(newest - count + 1 + i);
    }
    return inputs;
  }
  /// One whole tick.
  void tick() {
    const TickNumber now = world.zone().now() + 1;
    auto& intents = world.zone().intents();
    intake.collect(now, intents);
    moves.assign_range_of(intents);
    world.zone().step(now);
    intake.learn(world.zone().events());
    link.flush_down();
    link.drain_down([&](const cluster::DownHeader& header, std::span<const std::byte> bytes) {
      if (header.kind == DownKind::Disconnect) {
        closed[header.session.value] = static_cast<CloseReason>(header.number);
        sentences[header.session.value] =
            std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      } else if (header.number == static_cast<std::uint32_t>(protocol::Topic::Chat)) {
        chat[header.session.value].emplace_back(reinterpret_cast<const char*>(bytes.data()),
                                                bytes.size());
      } else {
        messages[header.session.value].emplace_back(bytes.begin(), bytes.end());
      }
    });
  }
  void tick(int count) {
    for (int i = 0; i < count; ++i) tick();
  }

  struct Collected {
    std::vector<movement::MoveInputs> moves;
    std::vector<emotes::PerformEmote> emotes;
    std::vector<skirmish::Shove> shoves;
    std::vector<skirmish::ThrowStone> throws;
    std::vector<abilities::UseAbility> abilities;
    std::vector<pvp::SetFlag> flags;
    std::vector<pvp::WishDuel> duels;
    void assign_range_of(ecs::Queues& intents) {
      moves = intents.of<movement::MoveInputs>();
      emotes = intents.of<emotes::PerformEmote>();
      shoves = intents.of<skirmish::Shove>();
      throws = intents.of<skirmish::ThrowStone>();
      abilities = intents.of<abilities::UseAbility>();
      flags = intents.of<pvp::SetFlag>();
      duels = intents.of<pvp::WishDuel>();
    }
  };

  const IntakeLimits limits;
  zone::TestWorld world;
  cluster::Link link;
  Mailbox mailbox;
  std::array<cluster::Link*, 1> links{&link};
  std::optional<LastPlace> unsaved;
  Intake intake{{.limits = limits,
                 .find_unsaved = [this](CharacterId) { return unsaved; },
                 .find_arrival = [](std::string_view name) -> std::optional<cluster::Place> {
                   if (name != "entrance") return std::nullopt;
                   return cluster::Place{{60, 0, 70}, 1};
                 }},
                links,
                mailbox,
                world.zone().registry(),
                *this};
  Collected moves;
  std::map<std::uint64_t, CloseReason> closed;
  std::map<std::uint64_t, std::string> sentences;
  std::map<std::uint64_t, std::vector<std::vector<std::byte>>> messages;
  std::map<std::uint64_t, std::vector<std::string>> chat;  ///< as bytes
  std::vector<std::string> feedback;
};

}  // namespace tessera::intake
