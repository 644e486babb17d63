// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/web/rules_json.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace tessera::server {
namespace {

TEST(RulesJson, SaysWhatIsSeenOfAbilitiesAndEffectsThatNobodyCanChoose) {
  Rulebook rules;
  AbilityDefinition breath;
  breath.id = {31};
  breath.name = "breath";
  breath.title = "Breath of \"fire\"";
  breath.colour = 0xff8040;
  breath.shape = {.kind = ShapeKind::Cone, .range_m = 8, .half_angle = 0.5f};
  rules.abilities.add(breath);
  EffectDefinition burn;
  burn.id = {7};
  burn.name = "burn";
  burn.title = "Burning";
  burn.is_harmful = true;
  burn.colour = 0x102030;
  rules.effects.add(burn);
  const auto json = boost::json::parse(rules_json(rules));
  const auto& ability = json.at("abilities").at(0);
  EXPECT_EQ(ability.at("id").as_int64(), 31);
  EXPECT_EQ(ability.at("title").as_string(), "Breath of \"fire\"");
  EXPECT_EQ(ability.at("colour").as_string(), "#ff8040");
  EXPECT_EQ(ability.at("shape").as_string(), "cone");
  EXPECT_EQ(ability.at("reach").as_string(), "enemies");
  EXPECT_EQ(ability.at("range_m").as_double(), 8);
  EXPECT_EQ(ability.at("half_angle").as_double(), 0.5);
  const auto& effect = json.at("effects").at(0);
  EXPECT_EQ(effect.at("id").as_int64(), 7);
  EXPECT_EQ(effect.at("title").as_string(), "Burning");
  EXPECT_EQ(effect.at("colour").as_string(), "#102030");
  EXPECT_TRUE(effect.at("harmful").as_bool());
  EXPECT_TRUE(json.at("classes").as_array().empty());
}

}  // namespace
}  // namespace tessera::server
