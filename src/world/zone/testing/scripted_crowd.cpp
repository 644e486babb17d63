// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/zone/testing/scripted_crowd.h"

#include <algorithm>
#include <string>

#include "gameplay/emotes/emotes.h"
#include "gameplay/movement/input_queue.h"
#include "gameplay/presence/presence.h"
#include "gameplay/skirmish/skirmish.h"

namespace tessera::zone {

ScriptedCrowd::ScriptedCrowd(std::uint64_t seed, std::uint32_t players)
    : random_(seed), players_(players) {}

void ScriptedCrowd::enter(Player& player, std::size_t number, Zone& zone) {
  player = {.session = {++sessions_}, .entity = {}, .frame = 0, .input = {}};
  presence::EnterWorld intent;
  intent.session = player.session;
  intent.character = {number + 1};
  intent.account = {number + 1};
  intent.name = FixedString<kNameBytesMax>("Player " + std::to_string(number));
  if (random_.chance(0.5f)) {
    intent.flags = presence::kHasSavedPosition;
    intent.position = {random_.between(-10, 600), random_.between(-5, 40),
                       random_.between(-10, 600)};
    intent.heading = random_.between(-4, 4);
  }
  zone.intents().of<presence::EnterWorld>().push_back(intent);
  if (!random_.chance(0.02f)) return;
  intent.session = {++sessions_};  // the same character twice: one of them is refused
  zone.intents().of<presence::EnterWorld>().push_back(intent);
}

void ScriptedCrowd::move(Player& player, Zone& zone) {
  if (random_.chance(0.03f)) {
    player.input.move_x = static_cast<std::int8_t>(random_.below(256));
    player.input.move_z = static_cast<std::int8_t>(random_.below(256));
    player.input.aim = static_cast<std::uint16_t>(random_.below(65'536));
    player.input.buttons = static_cast<std::uint8_t>(random_.chance(0.3f) ? random_.below(16) : 0);
  }
  if (random_.chance(0.01f)) {
    zone.intents().of<emotes::PerformEmote>().push_back(
        {player.entity, random_.below(10), player.frame});
  }
  if (random_.chance(0.02f)) {
    zone.intents().of<skirmish::Shove>().push_back({.entity = player.entity,
                                                    .action = player.frame,
                                                    .rewind = {random_.below(6000)},
                                                    .aim = player.input.aim});
  }
  if (random_.chance(0.02f)) {
    zone.intents().of<skirmish::ThrowStone>().push_back({.entity = player.entity,
                                                         .action = player.frame,
                                                         .aim = player.input.aim,
                                                         .pitch = random_.below(12'000)});
  }
  if (random_.below(3) != 0) return;  // batches of about three frames
  movement::MoveInputs intent;
  intent.entity = player.entity;
  intent.first_frame = player.frame + 1;
  intent.count = 1 + random_.below(6);
  std::fill_n(intent.frames.begin(), intent.count, player.input);
  if (random_.chance(0.05f)) intent.first_frame += random_.below(5);
  player.frame = intent.first_frame + intent.count - 1;
  if (random_.chance(0.05f)) player.frame -= std::min(player.frame, random_.below(4));
  zone.intents().of<movement::MoveInputs>().push_back(intent);
}

void ScriptedCrowd::act(Zone& zone) {
  for (std::size_t number = 0; number < players_.size(); ++number) {
    Player& player = players_[number];
    if (!player.session) {
      if (random_.chance(0.02f)) enter(player, number, zone);
    } else if (player.entity) {
      move(player, zone);
      if (random_.chance(0.001f)) {
        zone.intents().of<presence::LeaveWorld>().push_back({.session = player.session});
      }
    }
  }
}

void ScriptedCrowd::learn(const Zone& zone) {
  for (const auto& entered : zone.events().read<presence::EnteredWorld>()) {
    Player& player = players_[entered.character.value - 1];
    if (player.session == entered.session) player.entity = entered.entity;
  }
  for (const auto& refused : zone.events().read<presence::EnterRefused>()) {
    Player& player = players_[refused.character.value - 1];
    if (player.session == refused.session) player = {};
  }
  for (const auto& left : zone.events().read<presence::LeftWorld>()) {
    players_[left.character.value - 1] = {};
  }
}

std::size_t ScriptedCrowd::playing() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(players_, [](const Player& player) { return bool{player.entity}; }));
}

}  // namespace tessera::zone
