// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What is wrong with content, told so that a designer can mend it. All faults of a zone are
// collected, not only the first one.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"

namespace tessera::content {

/// After so many a zone's faults are no longer collected: they have one cause.
inline constexpr std::size_t kFaultsMax = 200;

struct Fault {
  std::string file;
  int line = 1;         ///< from 1; 1 in files that have no lines
  std::string message;  ///< what, expected, what to do

  bool operator==(const Fault&) const = default;
};

using Faults = std::vector<Fault>;

/// Either a value or why there is none; the list is not empty then.
template <class T>
using Checked = std::expected<T, Faults>;

/// "file:line: message".
std::string to_text(const Fault& fault);
/// All of them, one a line, as one error.
Error to_error(const Faults& faults);

/// Adds a fault as long as there are fewer than kFaultsMax.
void add_fault(Faults& faults, std::string_view file, int line, std::string message);
/// By file, line and message. Of equal ones one stays.
void sort_faults(Faults& faults);

/// Text from a file as it may stand in a message: short, on one line, in quotes.
std::string in_quotes(std::string_view text);

}  // namespace tessera::content
