// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/characters/detail/character_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace tessera::characters {
namespace {

// ASCII only, whatever the locale.
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Not as the beginning of a name either: "AdminTom" and "Moderator7" deceive as well as "Admin".
constexpr std::array<std::string_view, 7> kReservedBeginnings = {
    "admin", "gamemaster", "moderator", "operator", "support", "system", "tessera"};
// Short words begin too many honest names ("Gmork", "Serverin").
constexpr std::array<std::string_view, 7> kReservedNames = {"dev",    "gm",   "gms",  "server",
                                                            "nobody", "null", "staff"};

bool is_reserved(const std::string& name) {
  // "Adm1n" reads as "Admin".
  std::string read = folded_name(name);
  for (char& c : read) {
    if (c == '0') c = 'o';
    if (c == '1') c = 'i';
    if (c == '3') c = 'e';
    if (c == '4') c = 'a';
    if (c == '5') c = 's';
    if (c == '7') c = 't';
  }
  std::string letters = folded_name(name);
  std::erase_if(letters, is_digit);
  const auto begins = [](const std::string& text) {
    return std::ranges::any_of(kReservedBeginnings,
                               [&](std::string_view word) { return text.starts_with(word); });
  };
  const auto is = [](const std::string& text) {
    return std::ranges::find(kReservedNames, text) != kReservedNames.end();
  };
  return begins(read) || begins(letters) || is(read) || is(letters);
}

}  // namespace

std::string folded_name(const std::string& name) {
  std::string folded = name;
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

Result<void> check_character_name(const std::string& name) {
  const bool allowed =
      std::ranges::all_of(name, [](char c) { return is_letter(c) || is_digit(c); });
  if (name.size() < kCharacterNameBytesMin || name.size() > kCharacterNameBytesMax || !allowed ||
      !is_letter(name.front())) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("name: expected {} to {} letters (a to z) or digits, beginning with "
                               "a letter",
                               kCharacterNameBytesMin, kCharacterNameBytesMax));
  }
  if (is_reserved(name)) {
    return failure(ErrorKind::InvalidArgument,
                   "name: it is kept for those who run the game; choose another");
  }
  return {};
}

}  // namespace tessera::characters
