// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/http/detail/json_body.h"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

namespace tessera::gateway {
namespace {

namespace json = boost::json;

// A form is flat: the outer object and, to be refused with its name, one level within.
constexpr std::size_t kDepthMax = 4;
constexpr std::size_t kValuesMax = 32;
/// Of a key that somebody made up, in an answer.
constexpr std::size_t kToldKeyBytesMax = 40;

std::unexpected<Error> refused(std::string message) {
  return failure(ErrorKind::InvalidArgument, std::move(message));
}

std::string quoted(std::string_view key) { return "'" + std::string(key) + "'"; }

}  // namespace

Result<JsonBody> JsonBody::parse(std::string_view text) {
  std::array<unsigned char, 4096> stack_memory;
  json::monotonic_resource memory(stack_memory.data(), stack_memory.size());
  json::parse_options options;
  options.max_depth = kDepthMax;
  boost::system::error_code error;
  const json::value parsed =
      json::parse(json::string_view(text.data(), text.size()), error, &memory, options);
  if (error) return refused("The body is not JSON: " + error.message() + ".");
  if (!parsed.is_object()) return refused("The body must be a JSON object.");
  const json::object& object = parsed.get_object();
  if (object.size() > kValuesMax) return refused("The body has too many keys.");
  JsonBody body;
  for (const auto& entry : object) {
    const std::string key(entry.key().data(), entry.key().size());
    const json::value& value = entry.value();
    if (value.is_string()) {
      const auto& string = value.get_string();
      body.values_.emplace_back(key, std::string(string.data(), string.size()));
    } else if (value.is_int64()) {
      body.values_.emplace_back(key, value.get_int64());
    } else if (value.is_bool()) {
      body.values_.emplace_back(key, value.get_bool());
    } else if (value.is_null()) {
      body.values_.emplace_back(key, nullptr);
    } else {
      return refused("The key " + quoted(key.substr(0, kToldKeyBytesMax)) +
                     " must be a text, a whole number, true, false or null.");
    }
  }
  return body;
}

const JsonBody::Value* JsonBody::find(std::string_view key) const {
  for (const auto& [name, value] : values_) {
    if (name == key) return &value;
  }
  return nullptr;
}

Result<std::string> JsonBody::text(std::string_view key, std::size_t bytes_max) const {
  const Value* value = find(key);
  if (value == nullptr) return refused("The key " + quoted(key) + " is missing.");
  const auto* text = std::get_if<std::string>(value);
  if (text == nullptr) return refused("The key " + quoted(key) + " must be a text.");
  if (text->size() > bytes_max) {
    return refused("The key " + quoted(key) + " is longer than " + std::to_string(bytes_max) +
                   " bytes.");
  }
  return *text;
}

Result<std::string> JsonBody::optional_text(std::string_view key, std::size_t bytes_max) const {
  if (find(key) == nullptr) return std::string();
  return text(key, bytes_max);
}

Result<std::int64_t> JsonBody::number(std::string_view key, std::int64_t lowest,
                                      std::int64_t highest,
                                      std::optional<std::int64_t> otherwise) const {
  const Value* value = find(key);
  if (value == nullptr && otherwise) return *otherwise;
  const auto* number = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
  if (number == nullptr || *number < lowest || *number > highest) {
    return refused("The key " + quoted(key) + " must be a whole number from " +
                   std::to_string(lowest) + " to " + std::to_string(highest) + ".");
  }
  return *number;
}

}  // namespace tessera::gateway
