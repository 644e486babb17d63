// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/core/json/json_object.h"

#include <array>
#include <charconv>
#include <cmath>

#include "engine/core/assert.h"
#include "engine/core/utf8.h"

namespace tessera {
namespace {

constexpr int kDecimalsMax = 9;

}  // namespace

std::string json_string(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  while (!text.empty()) {
    const auto c = static_cast<unsigned char>(text.front());
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      out += "\xef\xbf\xbd";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c < 0x20) {
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  out += '"';
  return out;
}

void JsonObject::key(std::string_view key) {
  if (text_.size() > 1) text_ += ',';
  text_ += json_string(key);
  text_ += ':';
}

JsonObject& JsonObject::text(std::string_view name, std::string_view value) {
  return raw(name, json_string(value));
}
JsonObject& JsonObject::number(std::string_view name, std::int64_t value) {
  return raw(name, std::to_string(value));
}
JsonObject& JsonObject::unsigned_number(std::string_view name, std::uint64_t value) {
  return raw(name, std::to_string(value));
}
JsonObject& JsonObject::real(std::string_view name, double value, int decimals) {
  TESSERA_ASSERT(decimals >= 0 && decimals <= kDecimalsMax, "JsonObject: too many decimals");
  std::array<char, 400> buffer{};  // the largest double has 309 digits before the point
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                    std::isfinite(value) ? value : 0.0, std::chars_format::fixed, decimals);
  return raw(name, {buffer.data(), end.ptr});
}
JsonObject& JsonObject::truth(std::string_view name, bool value) {
  return raw(name, value ? "true" : "false");
}
JsonObject& JsonObject::raw(std::string_view name, std::string_view json) {
  key(name);
  text_ += json;
  return *this;
}

}  // namespace tessera
