// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The JSON Schema that editors use and the parser that the server uses must agree: on the keys, on
// which of them are needed, and on the limits of numbers, texts and lists. Each is changed in one
// zone that uses them all.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <functional>
#include <set>

#include "engine/platform/files.h"
#include "world/content/source/zone_text.h"

namespace tessera::content {
namespace {

constexpr const char* kWholeZone = R"(
zone: meadow
title: The Meadow
size_m: [64, 64]
players_max: 100
instance: false
terrain: {file: height.png, spacing_m: 32, low_m: 0, high_m: 100}
bottom_m: -100
water_level_m: 6
weather: {kind: rain, wind_m_per_s: [1, 2]}
light: {time_of_day_h: 14, sun_colour: "#fff4e0", ambient_colour: "#8aa0b8"}
models: [{file: town.glb, at: [20, 20], height_m: 20, turn_deg: 0, scale: 1}]
spawn_points: [{at: [1, 2], height_m: 3, facing_deg: 4}]
areas:
  - {name: market, at: [9, 9], size_m: [1, 2], turn_deg: 3, low_m: 1, high_m: 9, properties: [safe],
     leads_to: barrow/entrance}
arrivals: [{name: gate, at: [1, 2], height_m: 3, facing_deg: 4}]
roads: [{name: north, points: [[1, 1], [2, 2]], width_m: 3}]
boxes: [{at: [4, 4], size: [2, 3, 4], turn_deg: 45, base_m: -1}]
creatures:
  count: 7
  kinds:
    - {name: Hare, look: 5, share: 2, size: small, fights_as: prey, hostile: true,
       level: [1, 3], walk_m_per_s: 2, roam_radius_m: 9,
       pause_s: [1, 2], home_distance_m: [3, 4]}
)";

class Agreement {
 public:
  Agreement() {
    const auto text = platform::read_text_file("content/schema/zone.schema.json");
    if (text) schema_ = YAML::Load(*text);  // JSON is YAML
    zone_ = YAML::Load(kWholeZone);
  }

  void check() { visit(schema_, {}, "zone.yaml"); }

 private:
  using Path = std::vector<std::string>;  ///< keys and, for lists, numbers

  static YAML::Node at(YAML::Node node, const Path& path) {
    for (const std::string& step : path) {
      YAML::Node next = node.IsSequence() ? node[std::stoul(step)] : node[step];
      node.reset(next);
    }
    return node;
  }

  /// What the parser says of the zone after a change.
  bool accepts(const std::function<void(YAML::Node)>& change, const Path& path) const {
    YAML::Node root = YAML::Clone(zone_);
    change(at(root, path));
    return parse_zone_text(YAML::Dump(root), "z.yaml").has_value();
  }

  YAML::Node resolved(const YAML::Node& schema) const {
    if (!schema["$ref"]) return schema;
    const std::string name = schema["$ref"].as<std::string>();
    return schema_["$defs"][name.substr(name.rfind('/') + 1)];
  }

  void visit(const YAML::Node& given, const Path& path, const std::string& where) {
    const YAML::Node schema = resolved(given);
    const YAML::Node value = at(zone_, path);
    if (schema["properties"]) visit_map(schema, value, path, where);
    if (schema["items"] && value.IsSequence()) visit_list(schema, value, path, where);
    if (value.IsScalar()) visit_scalar(schema, path, where);
  }

  void visit_map(const YAML::Node& schema, const YAML::Node& value, const Path& path,
                 const std::string& where) {
    std::set<std::string> known;
    std::set<std::string> used;
    std::set<std::string> required;
    for (const auto& entry : schema["properties"]) known.insert(entry.first.as<std::string>());
    for (const auto& entry : value) used.insert(entry.first.as<std::string>());
    for (const auto& key : schema["required"]) required.insert(key.as<std::string>());
    EXPECT_EQ(known, used) << where;
    EXPECT_FALSE(schema["additionalProperties"].as<bool>()) << where;
    EXPECT_FALSE(accepts([](YAML::Node node) { node["unknown"] = 1; }, path)) << where;
    for (const std::string& key : known) {
      EXPECT_EQ(accepts([&](YAML::Node node) { node.remove(key); }, path), !required.contains(key))
          << where << " without " << key;
      Path below = path;
      below.push_back(key);
      visit(schema["properties"][key], below, fmt::format("{}/{}", where, key));
    }
  }

  void visit_list(const YAML::Node& schema, const YAML::Node& value, const Path& path,
                  const std::string& where) {
    const auto size = value.size();
    const std::size_t low = schema["minItems"] ? schema["minItems"].as<std::size_t>() : 0;
    const std::size_t high = schema["maxItems"].as<std::size_t>();
    const YAML::Node last = value[size - 1];
    const auto resize = [&](std::size_t wanted) {
      return [&, wanted](YAML::Node node) {
        YAML::Node list(YAML::NodeType::Sequence);
        for (std::size_t i = 0; i < wanted; ++i) list.push_back(YAML::Clone(last));
        node = list;
      };
    };
    if (low > 0) {
      EXPECT_FALSE(accepts(resize(low - 1), path)) << where << " too short";
    }
    if (high <= 1000) {  // longer ones take seconds, and are read by the same lines
      EXPECT_FALSE(accepts(resize(high + 1), path)) << where << " too long";
    }
    for (std::size_t i = 0; i < size; ++i) {
      Path below = path;
      below.push_back(std::to_string(i));
      visit(schema["items"], below, where + "/" + std::to_string(i));
    }
  }

  void visit_scalar(const YAML::Node& schema, const Path& path, const std::string& where) {
    const auto refuses = [&](const std::string& text) {
      EXPECT_FALSE(accepts([&](YAML::Node node) { node = text; }, path)) << where << ": " << text;
    };
    const std::string type = schema["type"] ? schema["type"].as<std::string>() : "enum";
    if (schema["minimum"]) refuses(std::to_string(schema["minimum"].as<double>() - 0.0009));
    if (schema["minimum"]) refuses(std::to_string(schema["minimum"].as<double>() - 1));
    if (schema["maximum"]) refuses(std::to_string(schema["maximum"].as<double>() + 1));
    if (schema["maxLength"]) refuses(std::string(schema["maxLength"].as<std::size_t>() + 1, 'x'));
    if (type != "string") refuses("what");
    if (type == "integer") refuses("1.5");
    if (schema["pattern"]) refuses("/no/");
    for (const auto& word : schema["enum"]) {
      EXPECT_TRUE(accepts([&](YAML::Node node) { node = word.as<std::string>(); }, path)) << where;
    }
  }

  YAML::Node schema_;
  YAML::Node zone_;
};

TEST(ZoneSchema, AgreesWithTheParserOnKeysNeedsAndLimits) {
  ASSERT_TRUE(platform::file_exists("content/schema/zone.schema.json"));
  const auto whole = parse_zone_text(kWholeZone, "z.yaml");
  ASSERT_TRUE(whole) << to_error(whole.error()).message;
  Agreement().check();
}

}  // namespace
}  // namespace tessera::content
