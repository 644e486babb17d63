// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/behaviour/warrior.h"

#include <algorithm>

#include "client/interpolation.h"
#include "engine/math/angles.h"
#include "engine/math/trigonometry.h"
#include "protocol/cells.h"

namespace tessera::bots {
namespace {

using math::Vec3;
using protocol::ActionKind;

constexpr float kSeek_m = 90;
constexpr float kMelee_m = 1.9f;
constexpr float kCasting_m = 14;
/// Abilities that reach less are for those who stand before their enemy.
constexpr float kMeleeReach_m = 6;
constexpr std::int32_t kGlobalCooldownFrames = 60;
constexpr std::int32_t kAnswerFrames = 60;
constexpr std::int32_t kLookFrames = 20;
constexpr std::int32_t kGiveUpFrames = 180;
constexpr std::int32_t kRefusedFrames = 90;
constexpr float kReviveReach_m = 10;
constexpr float kBehind_m = 1.5f;
constexpr std::uint32_t kDodgeFrames = 300;
constexpr float kWalkBack_m = 60;
constexpr std::int32_t kStraightFrames = 30 * 60;
constexpr std::uint32_t kSavingUses = 3;

Vec3 place_of(const client::RemoteEntity& entity, const client::Client& client) {
  return client::pose_of(entity.history.newest(), client.world().terrain()).position;
}

float reach_of(const Shape& shape) {
  const bool is_round = shape.kind == ShapeKind::Circle || shape.kind == ShapeKind::Ring;
  return is_round && shape.range_m == 0 ? shape.radius_m : shape.range_m;
}

bool is_for_enemies(const AbilityDefinition& ability) {
  return ability.shape.reach == Reach::Enemies && ability.shape.kind != ShapeKind::Self;
}

/// Where the class likes to stand: where most of what it has reaches.
float likes_m(const Rulebook& rules, const ClassDefinition& kind, std::uint32_t level) {
  int near = 0;
  int far = 0;
  for (const LearnedAbility& learned : kind.abilities) {
    const AbilityDefinition* const ability = rules.abilities.find(learned.ability);
    if (ability == nullptr || learned.level > level || !is_for_enemies(*ability)) continue;
    ++(reach_of(ability->shape) < kMeleeReach_m ? near : far);
  }
  return near >= far ? kMelee_m : kCasting_m;
}

}  // namespace

bool Warrior::can_be_fought(const client::RemoteEntity& entity) const {
  const Condition& seen = entity.condition;
  if (seen.health == 0 || (seen.flags & (kShownDead | kShownSpirit)) != 0) return false;
  const bool is_player =
      (seen.flags & kShownSide) == static_cast<std::uint8_t>(combat::Side::Players);
  if (banner_ == 0) return entity.appearance.kind == EntityKind::Creature && !is_player;
  return is_player && (seen.marks & kMarkFlagged) != 0 && seen.marks >> kMarkBannerShift != banner_;
}

void Warrior::choose_target(const client::Client& client) {
  frames_to_look_ = kLookFrames;
  const Vec3 here = client.prediction().state().position;
  const auto* known = client.replica().find(target_);
  if (known != nullptr && can_be_fought(*known) &&
      distance(here, place_of(*known, client)) < kSeek_m) {
    return;
  }
  target_ = {};
  float nearest = kSeek_m;
  client.replica().each_visible([&](const client::RemoteEntity& entity) {
    if (!can_be_fought(entity) || entity.id == given_up_) return;
    const float away = distance(here, place_of(entity, client));
    if (away >= nearest) return;
    nearest = away;
    target_ = entity.id;
  });
  nearest_m_ = 1e9f;
  frames_without_progress_ = 0;
}

movement::InputFrame Warrior::go_to(Vec3 here, Vec3 place, float within_m) {
  movement::InputFrame frame;
  const math::Vec2 way = flat(place) - flat(here);
  const float away = length(way);
  if (away > 0) frame.aim = math::quantise_angle(math::heading_of_direction(way));
  if (away <= within_m || frames_casting_ > 0) {
    frames_without_progress_ = 0;
    return frame;
  }
  frame.move_x = static_cast<std::int8_t>(way.x / away * 127);
  frame.move_z = static_cast<std::int8_t>(way.z / away * 127);
  if (away < nearest_m_ - 0.2f) {
    nearest_m_ = away;
    frames_without_progress_ = 0;
  } else if (++frames_without_progress_ > kGiveUpFrames) {
    given_up_ = target_;
    target_ = {};
  }
  return frame;
}

/// A combo is worth more than what comes next.
void Warrior::expect_follower(const Rulebook& rules, const ClassDefinition& kind, AbilityId after) {
  for (std::size_t i = 0; i < kind.abilities.size() && i < uses_.size(); ++i) {
    const AbilityDefinition* const ability = rules.abilities.find(kind.abilities[i].ability);
    if (ability == nullptr) continue;
    for (const ComboLink& link : ability->combo) {
      if (link.after != after) continue;
      const auto ends = frame_ + static_cast<std::uint32_t>(frames_casting_);
      follower_ = i;
      follows_from_ = ends + link.from_tick;
      follows_until_ = ends + link.to_tick;
    }
  }
}

bool Warrior::wants_behind(const Rulebook& rules, std::uint32_t level) const {
  const ClassDefinition* const kind = rules.classes.find(class_id_);
  for (std::size_t i = 0; kind != nullptr && i < kind->abilities.size() && i < uses_.size(); ++i) {
    const AbilityDefinition* const ability = rules.abilities.find(kind->abilities[i].ability);
    if (ability == nullptr || !ability->needs_behind || kind->abilities[i].level > level) continue;
    return ready_at_[i] <= frame_ + kGlobalCooldownFrames;
  }
  return false;
}

/// As far as the client knows: what it has is told in 255ths.
float Warrior::resource_of(const Rulebook& rules, const client::Client& client,
                           std::uint32_t level) {
  const auto* own = client.replica().find(client.own_entity());
  if (own == nullptr) return 0;
  if (level != level_) {
    level_ = level;
    resource_max_ = static_cast<float>(
        combat::make_fighter(rules, class_id_, level, combat::Side::Players).vitals.resource_max);
  }
  return resource_max_ * static_cast<float>(own->condition.resource) / 255;
}

std::optional<protocol::Action> Warrior::choose_ability(const Rulebook& rules,
                                                        const client::Client& client,
                                                        std::uint32_t level, Vec3 target,
                                                        float away) {
  const ClassDefinition* const kind = rules.classes.find(class_id_);
  if (kind == nullptr) return std::nullopt;
  const float resource = resource_of(rules, client, level);
  const AbilityDefinition* chosen = nullptr;
  std::uint32_t ties = 0;
  std::uint32_t dear_uses = ~0u;  // of what it cannot pay
  for (std::size_t i = 0; i < kind->abilities.size() && i < uses_.size(); ++i) {
    const AbilityDefinition* const ability = rules.abilities.find(kind->abilities[i].ability);
    if (ability == nullptr || kind->abilities[i].level > level || ready_at_[i] > frame_) continue;
    if (is_for_enemies(*ability) && away > reach_of(ability->shape)) continue;
    const bool follows = i == follower_ && frame_ >= follows_from_ && frame_ <= follows_until_;
    if (follows) {
      chosen = ability;
      pressed_ = i;
      break;
    }
    if (!ability->combo.empty()) continue;
    if (ability->resource != ResourceKind::None && resource < ability->cost) {
      dear_uses = std::min(dear_uses, uses_[i]);
      continue;
    }
    if (chosen != nullptr && uses_[i] > uses_[pressed_]) continue;
    ties = chosen == nullptr || uses_[i] < uses_[pressed_] ? 1 : ties + 1;
    if (random_.below(ties) != 0) continue;
    chosen = ability;
    pressed_ = i;
  }
  if (chosen == nullptr) return std::nullopt;
  const bool is_cheap = chosen->combo.empty() && chosen->cost > 0;
  if (is_cheap && dear_uses < ~0u && uses_[pressed_] > dear_uses + kSavingUses) {
    return std::nullopt;  // it saves for what it has hardly used yet
  }
  const Vec3 here = client.prediction().state().position;
  const bool is_harmful = is_for_enemies(*chosen);
  const Vec3 place = is_harmful ? target : here;
  const math::Vec2 way = flat(target) - flat(here);
  const float rise = place.y + 1.2f - (here.y + 1.4f);
  protocol::Action action{.kind = ActionKind::Ability, .value = chosen->id.value};
  action.pitch = math::quantise_angle(is_harmful ? math::atan2(rise, length(way)) : 0);
  action.target = is_harmful ? target_ : client.own_entity();
  action.has_place = true;
  action.place = {protocol::steps_from_metres(place.x), protocol::steps_from_metres(place.z)};
  action.height = protocol::height_steps(place.y);
  return action;
}

Warrior::Turn Warrior::be_dead(Vec3 here, bool is_spirit, const movement::InputFrame& strolling) {
  if (!was_dead_) {
    was_dead_ = true;
    ++deaths_;
    fell_at_ = here;
    target_ = {};
    walks_back_ = random_.chance(0.5f);
    frames_dead_ = 60 + static_cast<std::int32_t>(random_.below(120));
    walks_home_ = false;
  }
  Turn turn;
  if (--frames_dead_ > 0) return turn;
  if (!is_spirit) {
    frames_dead_ = kAnswerFrames;
    turn.action.kind = ActionKind::Release;
    return turn;
  }
  const float away = length(flat(fell_at_) - flat(here));
  if (walks_back_ && away > kReviveReach_m) {
    // Straight on first; who gets nowhere goes home by the paths, which is near by.
    walks_home_ = frames_dead_ < -kStraightFrames && away > kWalkBack_m;
    turn.frame = walks_home_ ? strolling : go_to(here, fell_at_, kReviveReach_m - 1);
    return turn;
  }
  frames_dead_ = kAnswerFrames;
  turn.action.kind = ActionKind::Revive;
  return turn;
}

Warrior::Turn Warrior::next(const client::Client& client, const Rulebook& rules,
                            const movement::InputFrame& strolling) {
  ++frame_;
  const auto* own = client.replica().find(client.own_entity());
  if (own == nullptr) return {.frame = strolling, .action = {}};
  const Vec3 here = client.prediction().state().position;
  const std::uint8_t flags = own->condition.flags;
  if ((flags & (kShownDead | kShownSpirit)) != 0) {
    return be_dead(here, (flags & kShownSpirit) != 0, strolling);
  }
  walks_home_ = false;
  if (std::exchange(was_dead_, false)) ++revivals_;
  if (--frames_to_look_ <= 0) choose_target(client);
  const bool needs_flag = banner_ != 0 && (own->condition.marks & kMarkFlagged) == 0;
  const bool raises_flag = needs_flag && --frames_to_flag_ <= 0;
  if (raises_flag) frames_to_flag_ = kAnswerFrames;
  const auto* target = client.replica().find(target_);
  frames_casting_ = std::max(frames_casting_ - 1, 0);
  Turn turn{.frame = strolling, .action = {}, .raises_flag = raises_flag};
  Vec3 place = here;
  float away = 1e9f;
  if (target != nullptr) {
    place = place_of(*target, client);
    away = distance(here, place);
    const ClassDefinition* const kind = rules.classes.find(class_id_);
    const float likes = kind == nullptr ? kMelee_m : likes_m(rules, *kind, own->condition.level);
    const bool is_held = (target->condition.flags & kShownControlled) != 0;
    if (is_held && likes < kMeleeReach_m && wants_behind(rules, own->condition.level)) {
      const float heading =
          client::pose_of(target->history.newest(), client.world().terrain()).heading;
      const math::Vec2 back = math::direction_of_heading(heading) * -kBehind_m;
      turn.frame = go_to(here, place + Vec3{back.x, 0, back.z}, 0.4f);
    } else {
      turn.frame = go_to(here, place, likes);
    }
    if (--frames_to_dodge_ <= 0 && away < kMeleeReach_m && frames_casting_ == 0) {
      frames_to_dodge_ = static_cast<std::int32_t>(kDodgeFrames + random_.below(kDodgeFrames));
      turn.frame.buttons |= movement::kButtonDodge;
      ++dodges_;
    }
  } else if (frames_casting_ > 0) {
    turn.frame = {.aim = strolling.aim};
  }
  --frames_to_press_;
  if (frames_to_press_ > 0 || frames_casting_ > 0) return turn;
  if (const auto action = choose_ability(rules, client, own->condition.level, place, away)) {
    turn.action = *action;
    frames_to_press_ = kAnswerFrames;
    const AbilityDefinition& ability = *rules.abilities.find(AbilityId{action->value});
    const bool stands = ability.cast_ticks + ability.channel_ticks > 0;
    if (stands && !ability.moves_while_casting) {  // one does not cast in the step that stops one
      turn.frame.move_x = turn.frame.move_z = 0;
      if (length(client.prediction().state().velocity_m_per_s) > 0.05f) {
        turn.action = {};
        frames_to_press_ = 3;
        frames_casting_ = 4;
      }
    }
  } else {
    frames_to_press_ = 6;
  }
  return turn;
}

const AbilityDefinition* Warrior::take_answer(const client::ActionEvent& event,
                                              const Rulebook& rules) {
  if (event.kind != ActionKind::Ability || event.number != pending_) return nullptr;
  const ClassDefinition* const kind = rules.classes.find(class_id_);
  if (kind == nullptr || pressed_ >= kind->abilities.size()) return nullptr;
  const AbilityDefinition* const ability = rules.abilities.find(kind->abilities[pressed_].ability);
  if (ability == nullptr) return nullptr;
  pending_ = 0;
  const bool done = event.answered && event.verdict == protocol::ActionVerdict::Done;
  if (done) {
    ++uses_[pressed_];
    frames_casting_ = static_cast<std::int32_t>(event.value);
    ready_at_[pressed_] = frame_ + ability->cooldown_ticks;
    frames_to_press_ = ability->on_global_cooldown ? kGlobalCooldownFrames : 2;
    expect_follower(rules, *kind, ability->id);
  } else {
    ready_at_[pressed_] = frame_ + kRefusedFrames;
    frames_to_press_ = 6;
  }
  return ability;
}

}  // namespace tessera::bots
