// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Writes JSON for people and programs: answers of the API, reports of the tools. Numbers are plain
// decimals, never 2E1. Reading is for the libraries.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tessera {

/// Quotes and escapes text as a JSON string. Bytes that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

/// Writes an object: {"a":1,"b":"text","c":{...}}. Keys stay in their order.
class JsonObject {
 public:
  JsonObject& text(std::string_view key, std::string_view value);
  JsonObject& number(std::string_view key, std::int64_t value);
  JsonObject& unsigned_number(std::string_view key, std::uint64_t value);
  /// With `decimals` digits behind the point, 0 to 9; not finite: 0.
  JsonObject& real(std::string_view key, double value, int decimals = 3);
  JsonObject& truth(std::string_view key, bool value);
  /// `json` is written as it is.
  JsonObject& raw(std::string_view key, std::string_view json);
  std::string done() const { return text_ + "}"; }

 private:
  void key(std::string_view key);
  std::string text_ = "{";
};

}  // namespace tessera
