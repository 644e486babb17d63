// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/simulate/simulate_fights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <unordered_map>

#include "engine/core/random.h"
#include "gameplay/ai/ai.h"
#include "gameplay/spawning/spawning.h"
#include "world/content/rules/read_rulebook.h"
#include "world/zone/zone.h"

namespace tessera::simulate {
namespace {

/// Pairs that fight at once, and how far apart: nothing flies so far.
constexpr std::uint32_t kPairs = 256;
constexpr std::uint32_t kPairsInARow = 16;
constexpr float kApart_m = 200;
constexpr double kZ95 = 1.959964;
constexpr std::uint64_t kSkill = random_purpose("simulate_skill");
constexpr std::uint64_t kPause = random_purpose("simulate_pause");

struct Pair {
  std::array<EntityId, 2> fighters{};
  TickNumber began_at = 0;
  std::array<float, 2> hesitation{};
  std::array<double, 2> damage{};
  std::array<double, 2> healing{};
  bool fights = false;
};

ZoneDefinition field(std::shared_ptr<const Rulebook> rules, const FightOptions& options) {
  ZoneDefinition zone;
  zone.name = "field";
  zone.bounds = {{0, 0}, {4096, 4096}};
  zone.spawn_points = {{{2048, 2048}, 0}};
  zone.rules = std::move(rules);
  for (const Contestant& side : options.sides) {
    CreatureDefinition kind;
    kind.id = static_cast<std::uint16_t>(zone.creatures.size() + 1);
    kind.name = side.class_name.substr(0, kNameBytesMax);
    kind.fights_as = side.class_name;
    kind.behaves_as = "duel_" + side.class_name;
    kind.run_m_per_s = 5.5f;
    zone.creatures.push_back(std::move(kind));
  }
  return zone;
}

class Tournament {
 public:
  Tournament(const FightOptions& options, std::shared_ptr<const Rulebook> rules)
      : options_(options),
        rules_(rules),
        zone_(field(std::move(rules), options), {.seed = options.seed, .creatures = 0},
              options.workers) {
    report_.options = options;
    pairs_.resize(std::min(options.count, kPairs));
    for (std::uint32_t i = 0; i < pairs_.size(); ++i) watch(i);
  }

  FightReport run() {
    while (report_.fights < options_.count) {
      for (std::uint32_t i = 0; i < pairs_.size(); ++i) {
        if (!pairs_[i].fights && begun_ < options_.count) begin(i);
      }
      zone_.step(++now_);
      note_events();
      for (Pair& pair : pairs_) {
        if (!pair.fights) continue;
        hesitate(pair);
        look(pair);
      }
    }
    for (SideReport& side : report_.sides) {
      for (auto& [name, damage] : side.damage_by) damage /= std::max(report_.fights, 1u);
    }
    return std::move(report_);
  }

 private:
  math::Vec3 middle_of(std::uint32_t pair) const {
    return {kApart_m * static_cast<float>(1 + pair % kPairsInARow), 0,
            kApart_m * static_cast<float>(1 + pair / kPairsInARow)};
  }

  /// Minds sleep with no player about.
  void watch(std::uint32_t pair) {
    zone_.stage().create(Position{middle_of(pair) + math::Vec3{0, 0, 40}}, Velocity{},
                         PlayerControl{});
  }

  void begin(std::uint32_t number) {
    Pair& pair = pairs_[number];
    pair = {.began_at = now_, .fights = true};
    ++begun_;
    ecs::Registry& registry = zone_.stage();
    for (std::size_t side = 0; side < 2; ++side) {
      const float off = (side == 0 ? -0.5f : 0.5f) * options_.distance_m;
      const math::Vec3 place = middle_of(number) + math::Vec3{off, 0, 0};
      const EntityId entity =
          spawning::spawn_creature(registry, *rules_, zone_.definition().creatures[side], place, 0,
                                   options_.sides[side].level);
      auto& fighter = *registry.get<combat::Fighter>(entity);
      fighter.side = options_.as_players ? combat::Side::Players
                     : side == 0         ? combat::Side::Wildlife
                                         : combat::Side::Monsters;
      fighter.duel = options_.as_players ? number + 1 : 0;
      pair.fighters[side] = entity;
      pair.hesitation[side] =
          options_.hesitation * random_unit(options_.seed, entity, now_, kSkill);
      of_[entity.value] = {number, side};
    }
    for (std::size_t side = 0; side < 2; ++side) {
      ai::add_threat(*registry.get<ai::Mind>(pair.fighters[side]), pair.fighters[1 - side], 1);
    }
  }

  void note_events() {
    for (const auto& event : zone_.events().read<combat::CombatEvent>()) {
      const auto actor = of_.find(event.actor.value);
      if (actor == of_.end() || event.amount <= 0) continue;
      const auto [number, side] = actor->second;
      if (event.kind == combat::CombatEventKind::Heal) pairs_[number].healing[side] += event.amount;
      if (event.kind != combat::CombatEventKind::Damage) continue;
      pairs_[number].damage[side] += event.amount;
      report_.sides[side].damage_by[name_of(event)] += event.amount;
    }
    for (const auto& yielded : zone_.events().read<combat::Yielded>()) lose(yielded.entity);
    for (const auto& died : zone_.events().read<combat::Died>()) lose(died.entity);
  }

  std::string name_of(const combat::CombatEvent& event) const {
    if (const auto* effect = rules_->effects.find(event.effect)) return effect->title;
    const auto* ability = rules_->abilities.find(event.ability);
    return ability == nullptr ? "?" : ability->title;
  }

  void lose(EntityId loser) {
    const auto found = of_.find(loser.value);
    if (found == of_.end()) return;
    const auto [number, side] = found->second;
    if (pairs_[number].fights) end(pairs_[number], 1 - side);
  }

  void hesitate(const Pair& pair) {
    if ((now_ - pair.began_at) % kTicksPerSecond != 0) return;
    for (std::size_t side = 0; side < 2; ++side) {
      const EntityId entity = pair.fighters[side];
      if (random_unit(options_.seed, entity, now_, kPause) >= pair.hesitation[side]) continue;
      auto& ready_at = zone_.stage().get<combat::Cooldowns>(entity)->global_ready_at;
      ready_at = std::max(ready_at, now_ + kTicksPerSecond);
    }
  }

  void look(Pair& pair) {
    const double seconds = static_cast<double>(now_ - pair.began_at) / kTicksPerSecond;
    if (seconds >= options_.longest_s) end(pair, std::nullopt);
  }

  void end(Pair& pair, std::optional<std::size_t> winner) {
    pair.fights = false;
    ++report_.fights;
    report_.seconds.add(static_cast<double>(now_ - pair.began_at) / kTicksPerSecond);
    ecs::Registry& registry = zone_.stage();
    for (std::size_t side = 0; side < 2; ++side) {
      report_.sides[side].damage.add(pair.damage[side]);
      report_.sides[side].healing.add(pair.healing[side]);
      if (winner == side) {
        const auto& vitals = *std::as_const(registry).get<combat::Vitals>(pair.fighters[side]);
        ++report_.sides[side].wins;
        report_.sides[side].health_left.add(static_cast<double>(vitals.health) / vitals.health_max);
      }
      of_.erase(pair.fighters[side].value);
      registry.destroy(pair.fighters[side]);
    }
    if (!winner) ++report_.draws;
  }

  FightOptions options_;
  std::shared_ptr<const Rulebook> rules_;
  zone::Zone zone_;
  FightReport report_;
  std::vector<Pair> pairs_;
  std::unordered_map<std::uint64_t, std::pair<std::uint32_t, std::size_t>> of_;
  std::uint32_t begun_ = 0;
  TickNumber now_ = 0;
};

}  // namespace

double Spread::confidence() const {
  if (count_ < 2) return 0;
  const double variance = squares_ / static_cast<double>(count_ - 1);
  return kZ95 * std::sqrt(variance / static_cast<double>(count_));
}

// E. B. Wilson: Probable inference, the law of succession, and statistical inference (1927).
WinRate win_rate(std::uint32_t wins, std::uint32_t fights) {
  if (fights == 0) return {};
  const double n = fights;
  const double p = wins / n;
  const double half = kZ95 * std::sqrt(p * (1 - p) / n + kZ95 * kZ95 / (4 * n * n));
  return {p, half / (1 + kZ95 * kZ95 / n)};
}

Result<FightReport> simulate_fights(const FightOptions& options) {
  auto source = content::read_rule_source(options.content_folder);
  if (!source) return std::unexpected(content::to_error(source.error()));
  auto rules = content::read_rulebook(*source);
  if (!rules) return std::unexpected(content::to_error(rules.error()));
  for (const Contestant& side : options.sides) {
    const ClassDefinition* const kind = rules->classes.find(side.class_name);
    if (kind == nullptr) {
      std::string known;
      for (const ClassDefinition& one : rules->classes.all()) {
        known += (known.empty() ? "" : ", ") + one.name;
      }
      return failure(ErrorKind::InvalidArgument,
                     fmt::format("there is no class '{}'; known are: {}", side.class_name, known));
    }
    if (rules->behaviours.find("duel_" + side.class_name) == nullptr) {
      return failure(ErrorKind::InvalidArgument,
                     fmt::format("nothing says how a {0} fights: add a behaviour duel_{0} to {1}",
                                 side.class_name, options.content_folder + "/behaviours"));
    }
  }
  return Tournament(options, std::make_shared<const Rulebook>(std::move(*rules))).run();
}

}  // namespace tessera::simulate
