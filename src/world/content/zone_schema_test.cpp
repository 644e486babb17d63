// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The JSON Schema that editors use and the loader must know the same keys.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <set>

#include "engine/platform/files.h"
#include "world/content/detail/zone_text.h"

namespace tessera::content {
namespace {

/// All keys of a mapping and below, without those of the elements of lists beyond the first.
void collect_keys(const YAML::Node& node, std::set<std::string>& keys) {
  if (node.IsMap()) {
    for (const auto& entry : node) {
      keys.insert(entry.first.Scalar());
      collect_keys(entry.second, keys);
    }
  } else if (node.IsSequence()) {
    for (const auto& element : node) collect_keys(element, keys);
  }
}

/// The names of all properties in a schema.
void collect_properties(const YAML::Node& schema, std::set<std::string>& names) {
  if (schema["properties"]) {
    for (const auto& entry : schema["properties"]) {
      names.insert(entry.first.Scalar());
      collect_properties(entry.second, names);
    }
  }
  if (schema["items"]) collect_properties(schema["items"], names);
}

TEST(ZoneSchema, KnowsTheKeysThatTheLoaderKnows) {
  const auto schema_text = platform::read_text_file("content/schemas/zone.schema.json");
  ASSERT_TRUE(schema_text) << schema_text.error().message;
  std::set<std::string> properties;
  collect_properties(YAML::Load(*schema_text), properties);  // JSON is YAML
  const auto zone_text = platform::read_text_file("content/zones/heartland/zone.yaml");
  ASSERT_TRUE(zone_text) << zone_text.error().message;
  ASSERT_TRUE(detail::parse_zone_text(*zone_text, "zone.yaml"));
  std::set<std::string> keys;
  collect_keys(YAML::Load(*zone_text), keys);
  EXPECT_EQ(properties, keys);
}

}  // namespace
}  // namespace tessera::content
