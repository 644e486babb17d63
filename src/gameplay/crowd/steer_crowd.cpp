// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/crowd/crowd.h"

namespace tessera::crowd {
namespace {

constexpr float kPlayerRadius_m = physics::StandingCapsule{}.radius;
/// Who is farther from every creature than it can see is in nobody's way.
constexpr float kSight_m = nav::SteeringOptions{}.sight_m;

/// Steering pushes apart those who overlap, which may make them faster than they can walk.
math::Vec2 no_faster(math::Vec2 velocity, math::Vec2 wish) {
  const float fast = dot(velocity, velocity);
  const float limit = dot(wish, wish);
  return fast > limit ? velocity * std::sqrt(limit / fast) : velocity;
}

}  // namespace

void steer_crowd(const Step& step, const ZoneDefinition& zone, Crowd& crowd,
                 movement::PushingBodies& bodies,
                 Query<const Position, const Velocity, With<PlayerControl>> players,
                 Query<const Position, const Velocity, const Member> creatures,
                 Query<Member> members) {
  crowd.players_.begin(zone.bounds);
  players.each([&](const Position& position, const Velocity&) {
    crowd.players_.mark(flat(position.metres));
  });
  crowd.players_.spread(kNearPlayer_m);

  crowd.walkers_.clear();
  crowd.others_.clear();
  crowd.deciding_.clear();
  crowd.creatures_.begin(zone.bounds);
  bodies.begin();
  creatures.each([&](EntityId entity, const Position& position, const Velocity& velocity,
                     const Member& member) {
    const math::Vec2 place = flat(position.metres);
    if (!crowd.players_.holds(place)) return;
    bodies.add(position.metres, member.radius_m);
    crowd.creatures_.mark(place);
    const nav::Walker walker{place, flat(velocity.metres_per_s), member.wish, member.radius_m};
    const bool decides = has_turn(entity, step.now) && !(member.wish == math::Vec2{});
    (decides ? crowd.walkers_ : crowd.others_).push_back(walker);
    if (decides) crowd.deciding_.push_back(entity);
  });
  bodies.finish();
  if (crowd.deciding_.empty()) return;

  crowd.creatures_.spread(kSight_m);
  players.each([&](const Position& position, const Velocity& velocity) {
    const math::Vec2 place = flat(position.metres);
    if (!crowd.creatures_.holds(place)) return;
    crowd.others_.push_back({place, flat(velocity.metres_per_s), {}, kPlayerRadius_m});
  });
  crowd.walkers_.insert(crowd.walkers_.end(), crowd.others_.begin(), crowd.others_.end());
  crowd.velocities_.resize(crowd.deciding_.size());
  crowd.steering_.steer(step.jobs, crowd.walkers_, crowd.velocities_);
  for (std::size_t i = 0; i < crowd.deciding_.size(); ++i) {
    Member& member = std::get<Member&>(*members.get(crowd.deciding_[i]));
    member.steered = no_faster(crowd.velocities_[i], member.wish);
    member.is_steered = member.steered == member.wish ? 0 : 1;
  }
}

}  // namespace tessera::crowd
