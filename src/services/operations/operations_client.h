// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The audit: a row for each thing that an operator did or tried to do. Rows are never changed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "services/common/service_channel.h"

namespace tessera::operations {

struct Action {
  std::int64_t id = 0;   ///< given by the service; counts up
  std::int64_t at = 0;   ///< given by the service; seconds since 1970 UTC
  std::string actor{};   ///< who: the operator's name, or the program's
  std::string action{};  ///< what: "kick", "ban", "mute", "announce", "shutdown", ...
  std::string target{};  ///< to whom: an account or character; empty if to all
  std::string detail{};  ///< the reason, the text that was announced, until when, ...
  std::string result{};  ///< "ok", or why not
};

/// Longer texts are cut.
inline constexpr std::size_t kAuditTextBytesMax = 1000;
inline constexpr int kAuditPageMax = 1000;

class OperationsClient {
 public:
  explicit OperationsClient(const services::ServiceChannel& channel,
                            services::CallOptions options = {});
  ~OperationsClient();
  OperationsClient(OperationsClient&&) noexcept;
  OperationsClient& operator=(OperationsClient&&) noexcept;

  /// Writes the row and returns its id.
  Result<std::int64_t> record(const Action& action);
  void record_async(const Action& action, services::Callback<std::int64_t> callback);

  /// At most `count` (1 to kAuditPageMax) rows, newest first; `before`: the id of the last one
  /// seen, 0 for the first page.
  Result<std::vector<Action>> list(int count, std::int64_t before = 0);
  void list_async(int count, std::int64_t before, services::Callback<std::vector<Action>> callback);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace tessera::operations
