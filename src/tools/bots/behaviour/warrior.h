// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How a bot fights: it seeks the nearest creature, or in a siege the nearest player of another
// banner, goes as near as its class likes, and uses all
// that it has, what it has used least first: it goes on with combos, steps behind who is stunned,
// and rolls away now and then. When it has died it lets go of its body, and lives
// again where it came to stand, or walks back to where it fell.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "client/client.h"
#include "engine/core/random.h"
#include "gameplay/combat/fighter.h"
#include "gameplay/definitions/rulebook.h"
#include "gameplay/movement/input_frame.h"

namespace tessera::bots {

class Warrior {
 public:
  /// `banner`: under which it fights other players; 0: it fights creatures.
  Warrior(ClassId class_id, std::uint64_t seed, std::uint8_t banner = 0)
      : class_id_(class_id), banner_(banner), random_(seed) {}

  /// What it does in a frame.
  struct Turn {
    movement::InputFrame frame;
    protocol::Action action;  ///< of kind None: it begins nothing
    bool raises_flag = false;
  };
  /// `strolling`: what it would do with nothing to fight. Call it 60 times a second, and tell it
  /// under which number the action began.
  Turn next(const client::Client& client, const Rulebook& rules,
            const movement::InputFrame& strolling);
  void note_begun(std::uint16_t number) { pending_ = number; }

  /// The ability that an answer is about; null: about something else.
  const AbilityDefinition* take_answer(const client::ActionEvent& event, const Rulebook& rules);

  EntityId target() const { return target_; }  ///< none: it has nobody to fight
  std::uint8_t banner() const { return banner_; }
  /// It has somebody to fight, or is dead: what it would do otherwise does not count.
  bool is_busy() const { return !walks_home_ && (target_ || was_dead_); }
  std::uint32_t dodges() const { return dodges_; }
  std::uint32_t deaths() const { return deaths_; }
  std::uint32_t revivals() const { return revivals_; }

 private:
  bool can_be_fought(const client::RemoteEntity& entity) const;
  void choose_target(const client::Client& client);
  void expect_follower(const Rulebook& rules, const ClassDefinition& kind, AbilityId after);
  bool wants_behind(const Rulebook& rules, std::uint32_t level) const;
  movement::InputFrame go_to(math::Vec3 here, math::Vec3 place, float within_m);
  float resource_of(const Rulebook& rules, const client::Client& client, std::uint32_t level);
  std::optional<protocol::Action> choose_ability(const Rulebook& rules,
                                                 const client::Client& client, std::uint32_t level,
                                                 math::Vec3 target, float away);
  Turn be_dead(math::Vec3 here, bool is_spirit, const movement::InputFrame& strolling);

  ClassId class_id_;
  std::uint8_t banner_ = 0;
  RandomStream random_;
  EntityId target_{};
  EntityId given_up_{};
  std::int32_t frames_to_look_ = 0;
  std::int32_t frames_to_press_ = 0;
  std::int32_t frames_casting_ = 0;
  std::int32_t frames_without_progress_ = 0;
  std::int32_t frames_dead_ = 0;
  float nearest_m_ = 1e9f;
  math::Vec3 fell_at_{};
  bool was_dead_ = false;
  bool walks_back_ = false;
  bool walks_home_ = false;  ///< by the paths: it cannot get to where it fell straight on
  std::uint32_t level_ = 0;
  float resource_max_ = 0;  ///< at that level
  std::uint32_t frame_ = 0;
  std::uint16_t pending_ = 0;
  std::size_t pressed_ = 0;  ///< place of the ability whose answer is awaited
  std::array<std::uint32_t, combat::kAbilitiesMax> ready_at_{};  ///< by place, in frames
  std::array<std::uint32_t, combat::kAbilitiesMax> uses_{};
  std::size_t follower_ = 0;  ///< place of the ability that may follow now ...
  std::uint32_t follows_from_ = 0;
  std::uint32_t follows_until_ = 0;  ///< ... until this frame; 0: none
  std::int32_t frames_to_dodge_ = 0;
  std::int32_t frames_to_flag_ = 0;
  std::uint32_t dodges_ = 0;
  std::uint32_t deaths_ = 0;
  std::uint32_t revivals_ = 0;
};

}  // namespace tessera::bots
