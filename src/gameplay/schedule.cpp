// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/schedule.h"

#include "gameplay/abilities/abilities.h"
#include "gameplay/abilities/missiles.h"
#include "gameplay/ai/ai.h"
#include "gameplay/areas/areas.h"
#include "gameplay/combat/combat.h"
#include "gameplay/crowd/crowd.h"
#include "gameplay/death/death.h"
#include "gameplay/doors/doors.h"
#include "gameplay/emotes/emotes.h"
#include "gameplay/experience/experience.h"
#include "gameplay/lag_compensation/position_history.h"
#include "gameplay/movement/movement.h"
#include "gameplay/navigation/paths.h"
#include "gameplay/pace/pace.h"
#include "gameplay/presence/presence.h"
#include "gameplay/pvp/pvp.h"
#include "gameplay/reload/reload.h"
#include "gameplay/shared/components.h"
#include "gameplay/skirmish/rules.h"
#include "gameplay/spawning/spawning.h"
#include "gameplay/talents/talents.h"
#include "gameplay/wandering/wandering.h"

namespace tessera::gameplay {

void register_components(ecs::Registry& registry) {
  registry.register_component<Position>();
  registry.register_component<Heading>();
  registry.register_component<Velocity>();
  registry.register_component<Appearance>();
  registry.register_component<PlayerControl>();
  registry.register_component<Gesture>();
  registry.register_component<movement::InputQueue>();
  registry.register_component<movement::Roll>();
  registry.register_component<wandering::Wander>();
  registry.register_component<wandering::Orders>();
  registry.register_component<ai::Mind>();
  registry.register_component<navigation::PathRequest>();
  registry.register_component<navigation::Path>();
  registry.register_component<crowd::Member>();
  registry.register_component<lag_compensation::PositionHistory>();
  registry.register_component<skirmish::Readiness>();
  registry.register_component<skirmish::Stone>();
  registry.register_component<areas::InAreas>();
  registry.register_component<combat::Fighter>();
  registry.register_component<combat::Vitals>();
  registry.register_component<combat::Stats>();
  registry.register_component<combat::Cooldowns>();
  registry.register_component<combat::Casting>();
  registry.register_component<combat::Guard>();
  registry.register_component<combat::Talents>();
  registry.register_component<effects::RunningEffects>();
  registry.register_component<Condition>();
  registry.register_component<abilities::Missile>();
  registry.register_component<death::Corpse>();
  registry.register_component<experience::Progress>();
  registry.register_component<pvp::Duel>();
  registry.register_component<pvp::Renown>();
  registry.register_component<Cast>();
  registry.register_component<ShownEffects>();
  (void)registry.singleton<doors::Doors>();
  (void)registry.singleton<navigation::PathDebt>();
  (void)registry.singleton<pace::Pace>();  // there from the start
}

void register_intents(ecs::Queues& intents) {
  intents.register_type<presence::EnterWorld>();
  intents.register_type<presence::LeaveWorld>();
  intents.register_type<movement::MoveInputs>();
  intents.register_type<emotes::PerformEmote>();
  intents.register_type<pace::SetPace>();
  intents.register_type<reload::ReplaceContent>();  // the zone itself takes it
  intents.register_type<skirmish::Shove>();
  intents.register_type<skirmish::ThrowStone>();
  intents.register_type<abilities::UseAbility>();
  intents.register_type<death::ReleaseSpirit>();
  intents.register_type<death::Revive>();
  intents.register_type<pvp::SetFlag>();
  intents.register_type<pvp::WishDuel>();
  intents.register_type<talents::LearnTalent>();
  intents.register_type<talents::ForgetTalents>();
}

void register_rules(ecs::Schedule& schedule) {
  using ecs::Phase;

  schedule.add<pace::set_pace>(Phase::Decide);
  schedule.add<navigation::find_paths>(Phase::Decide);
  schedule.add<crowd::steer_crowd>(Phase::Decide);
  schedule.register_system<ai::Think>(Phase::Decide);
  schedule.add<ai::evade>(Phase::Decide);

  schedule.add<presence::leave_world>(Phase::Act);
  schedule.add<emotes::perform_emotes>(Phase::Act);
  schedule.register_system<skirmish::ShoveAhead>(Phase::Act);
  schedule.add<skirmish::throw_stones>(Phase::Act);
  schedule.register_system<abilities::UseAbilities>(Phase::Act);
  schedule.add<death::release_spirits>(Phase::Act);
  schedule.add<death::revive>(Phase::Act);
  schedule.add<pvp::set_flags>(Phase::Act);
  schedule.add<pvp::arrange_duels>(Phase::Act);
  schedule.add<talents::learn_talents>(Phase::Act);
  schedule.add<talents::forget_talents>(Phase::Act);

  schedule.add<movement::move_players>(Phase::Move);
  schedule.add<wandering::wander>(Phase::Move);
  schedule.add<combat::stand_guard>(Phase::Move);
  schedule.register_system<skirmish::FlyStones>(Phase::Move);
  schedule.register_system<abilities::FlyMissiles>(Phase::Move);

  schedule.register_system<combat::Resolve>(Phase::Resolve);
  schedule.register_system<ai::HoldGrudges>(Phase::Resolve);
  schedule.add<death::note_deaths>(Phase::Resolve);
  schedule.add<pvp::heed_blows>(Phase::Resolve);

  schedule.register_system<experience::GainExperience>(Phase::Progress);
  schedule.add<pvp::reward_kills>(Phase::Progress);

  schedule.add<presence::enter_world>(Phase::World);
  schedule.add<doors::operate_doors>(Phase::World);
  schedule.add<areas::track_areas>(Phase::World);
  schedule.register_system<spawning::KeepPopulation>(Phase::World);
  schedule.add<pvp::run_duels>(Phase::World);
  schedule.add<combat::regenerate>(Phase::World);
  schedule.add<combat::show_condition>(Phase::World);
  schedule.add<combat::show_effects>(Phase::World);
  schedule.add<abilities::show_casts>(Phase::World);

  schedule.add<lag_compensation::record_positions>(Phase::Index);
}

}  // namespace tessera::gameplay
