// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The JSON of the API's requests is one flat object of texts, whole numbers and truth values, which
// is all a form is; so a body is a list of named values, and nothing else needs to know the
// library.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/core/error.h"

namespace tessera::gateway {

class JsonBody {
 public:
  /// Refuses what is not UTF-8, not JSON or not a flat object. Of a key that comes twice the last
  /// value holds. The message may be shown to the sender.
  static Result<JsonBody> parse(std::string_view text);

  /// The text of `key`, at most `bytes_max` long; the error names the key and the limit.
  Result<std::string> text(std::string_view key, std::size_t bytes_max) const;
  /// As text(), empty when absent.
  Result<std::string> optional_text(std::string_view key, std::size_t bytes_max) const;
  /// The number of `key`, or `otherwise` when absent.
  Result<std::int64_t> number(std::string_view key, std::int64_t lowest, std::int64_t highest,
                              std::optional<std::int64_t> otherwise = std::nullopt) const;

 private:
  using Value = std::variant<std::nullptr_t, bool, std::int64_t, std::string>;
  const Value* find(std::string_view key) const;

  std::vector<std::pair<std::string, Value>> values_;
};

}  // namespace tessera::gateway
