// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The JSON Schemas that editors use and the parsers that the server uses must agree: on the keys,
// on which of them are needed, and on the limits of numbers, texts and lists. Each is changed in
// one text that uses them all.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/platform/files.h"

namespace tessera::content {

class SchemaAgreement {
 public:
  /// `whole` uses every key of the schema, and `accepts` says what the parser thinks of a text.
  SchemaAgreement(const std::string& schema_file, const std::string& whole,
                  std::function<bool(const std::string&)> accepts)
      : accepts_(std::move(accepts)) {
    const auto text = platform::read_text_file(schema_file);
    EXPECT_TRUE(text) << schema_file;
    if (text) schema_ = YAML::Load(*text);  // JSON is YAML
    whole_ = YAML::Load(whole);
    EXPECT_TRUE(accepts_(YAML::Dump(whole_)));
  }

  void check() { visit(schema_, {}, "it"); }

 private:
  using Path = std::vector<std::string>;  ///< keys and, for lists, numbers

  static YAML::Node at(YAML::Node node, const Path& path) {
    for (const std::string& step : path) {
      YAML::Node next = node.IsSequence() ? node[std::stoul(step)] : node[step];
      node.reset(next);
    }
    return node;
  }

  /// What the parser says of the text after a change.
  bool accepts(const std::function<void(YAML::Node)>& change, const Path& path) const {
    YAML::Node root = YAML::Clone(whole_);
    change(at(root, path));
    return accepts_(YAML::Dump(root));
  }

  YAML::Node resolved(const YAML::Node& schema) const {
    if (!schema["$ref"]) return schema;
    const std::string name = schema["$ref"].as<std::string>();
    return schema_["$defs"][name.substr(name.rfind('/') + 1)];
  }

  void visit(const YAML::Node& given, const Path& path, const std::string& where) {
    const YAML::Node schema = resolved(given);
    const YAML::Node value = at(whole_, path);
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
    if (size == 0) return;  // it is needed for something else to be left out
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

  std::function<bool(const std::string&)> accepts_;
  YAML::Node schema_;
  YAML::Node whole_;
};

}  // namespace tessera::content
