// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/source/fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace tessera::content {

std::string to_text(const Fault& fault) {
  return fmt::format("{}:{}: {}", fault.file, fault.line, fault.message);
}

Error to_error(const Faults& faults) {
  Error error{ErrorKind::InvalidArgument, {}};
  for (const Fault& fault : faults) {
    if (!error.message.empty()) error.message += '\n';
    error.message += to_text(fault);
  }
  return error;
}

void add_fault(Faults& faults, std::string_view file, int line, std::string message) {
  if (faults.size() < kFaultsMax) faults.push_back({std::string(file), line, std::move(message)});
}

void sort_faults(Faults& faults) {
  const auto place = [](const Fault& fault) {
    return std::tie(fault.file, fault.line, fault.message);
  };
  std::ranges::sort(faults, {}, place);
  const auto same = std::ranges::unique(faults);
  faults.erase(same.begin(), same.end());
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kShown = 40;
  std::string result = "'";
  for (const char c : text.substr(0, kShown)) {
    const auto byte = static_cast<unsigned char>(c);
    result += byte < 32 || byte == 127 ? ' ' : c;
  }
  return result + (text.size() > kShown ? "...'" : "'");
}

}  // namespace tessera::content
