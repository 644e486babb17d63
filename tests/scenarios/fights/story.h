// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A field for stories of fights by the rules of our own content. Nobody misses and no blow is
// critical, so that a story goes as it is told.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string_view>

#include "engine/math/angles.h"
#include "gameplay/abilities/abilities.h"
#include "gameplay/abilities/missiles.h"
#include "gameplay/ai/ai.h"
#include "gameplay/death/death.h"
#include "gameplay/experience/experience.h"
#include "gameplay/testing/test_world.h"
#include "world/content/rules/read_rulebook.h"

namespace tessera {

class Story {
 public:
  explicit Story(unsigned workers = 0, ZoneDefinition where = field())
      : world(std::move(where), workers, 7) {}

  static std::shared_ptr<const Rulebook> calm_rules() {
    static const std::shared_ptr<const Rulebook> rules = [] {
      auto read = content::read_rulebook(*content::read_rule_source("content"));
      EXPECT_TRUE(read) << content::to_error(read.error()).message;
      read->stats.formulas[static_cast<std::size_t>(Stat::HitChance)].low = 1;
      read->stats.formulas[static_cast<std::size_t>(Stat::CriticalChance)].high = 0;
      read->combat.miss_per_level = 0;
      return std::make_shared<const Rulebook>(std::move(*read));
    }();
    return rules;
  }

  static ZoneDefinition field() {
    ZoneDefinition zone = test_zone();
    zone.rules = calm_rules();
    const auto kind = [&](std::string name, std::string fights_as, std::string behaves_as,
                          bool hostile) {
      CreatureDefinition definition{.id = static_cast<std::uint16_t>(zone.creatures.size() + 1),
                                    .name = std::move(name),
                                    .fights_as = std::move(fights_as),
                                    .is_hostile = hostile};
      definition.behaves_as = std::move(behaves_as);
      zone.creatures.push_back(std::move(definition));
    };
    kind("Dummy", "beast", "", false);
    kind("Wolf", "beast", "hunter", true);
    kind("Boar", "beast", "brawler", false);
    kind("Deer", "prey", "grazer", false);
    kind("Cutthroat", "cutthroat", "cutthroat", true);
    kind("Acolyte", "acolyte", "acolyte", true);
    return zone;
  }

  const Rulebook& rules() const { return rules_of(world.zone); }

  EntityId hero(std::string_view class_name, math::Vec3 place, std::uint32_t level = 20) {
    const std::uint64_t id = ++heroes_;
    world.intend(presence::EnterWorld{.session = {id},
                                      .character = {id},
                                      .account = {id},
                                      .name = FixedString<kNameBytesMax>("Hero"),
                                      .position = place,
                                      .flags = presence::kHasSavedPosition,
                                      .class_id = rules().classes.find(class_name)->id.value,
                                      .level = level});
    world.step();
    const EntityId entity = world.events<presence::EnteredWorld>()[0].entity;
    auto& vitals = change<combat::Vitals>(entity);
    vitals.resource = vitals.resource_max;
    return entity;
  }
  EntityId creature(std::string_view name, math::Vec3 place, std::uint32_t level = 20,
                    float heading = 0) {
    const auto& kinds = world.zone.creatures;
    const auto kind = std::ranges::find(kinds, name, &CreatureDefinition::name);
    const EntityId entity =
        spawning::spawn_creature(world.registry, rules(), *kind, place, heading, level);
    change<wandering::Wander>(entity).resume_at = 1'000'000;
    return entity;
  }

  /// Presses an ability, looking at the target or the place, and lets a tick pass.
  void use(EntityId actor, std::string_view ability, EntityId target = {},
           std::optional<math::Vec3> at = {}) {
    const math::Vec3 from = place(actor);
    const math::Vec3 to = at ? *at : target ? place(target) : from;
    const math::Vec2 way = flat(to) - flat(from);
    combat::Aim aim{.target = target,
                    .point = to,
                    .heading = way == math::Vec2{} ? world.get<Heading>(actor).radians
                                                   : math::heading_of_direction(way),
                    .has_point = 1};
    world.intend(abilities::UseAbility{
        .entity = actor, .aim = aim, .action = 1, .ability = rules().abilities.find(ability)->id});
    world.step();
  }
  /// The same, with whatever it costs, and as often as one likes.
  void use_freely(EntityId actor, std::string_view ability, EntityId target = {},
                  std::optional<math::Vec3> at = {}) {
    auto& vitals = change<combat::Vitals>(actor);
    vitals.resource = vitals.resource_max;
    change<combat::Cooldowns>(actor) = {};
    use(actor, ability, target, at);
  }
  void seconds(float s) { world.step(static_cast<int>(s * kTicksPerSecond + 0.5f)); }

  template <class C>
  C& change(EntityId entity) {
    return *world.registry.get<C>(entity);
  }
  math::Vec3 place(EntityId entity) const { return world.get<Position>(entity).metres; }
  float between(EntityId one, EntityId other) const { return distance(place(one), place(other)); }
  std::int32_t health(EntityId entity) const { return world.get<combat::Vitals>(entity).health; }
  std::int32_t resource(EntityId entity) const {
    return world.get<combat::Vitals>(entity).resource;
  }
  bool runs(EntityId entity, std::string_view effect) const {
    return effects::find(world.get<effects::RunningEffects>(entity),
                         rules().effects.find(effect)->id) != nullptr;
  }
  std::optional<abilities::UseRefusal> refusal() const {
    const auto refused = world.events<abilities::AbilityRefused>();
    if (refused.empty()) return std::nullopt;
    return refused[0].reason;
  }
  bool lives(EntityId entity) const {
    return world.get<combat::Fighter>(entity).life == combat::Life::Alive;
  }
  const ai::Mind& mind(EntityId entity) const { return world.get<ai::Mind>(entity); }

  TestWorld world;

 private:
  std::uint64_t heroes_ = 0;
};

}  // namespace tessera
