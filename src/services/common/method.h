// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What is common to all methods of all services: where they run, what is counted, and whether their
// answers are kept for a caller that asks again.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "engine/core/error.h"
#include "engine/platform/metrics/metrics.h"
#include "services/common/host.h"

namespace tessera::services {

struct MethodOptions {
  /// Keep its answers by idempotency key: for methods that must not be done twice.
  bool once = false;
  /// Where it runs; nullptr: the host's pool. Must outlive the host's server.
  TaskPool* pool = nullptr;
};

/// One method of one service; lives as long as the service.
class Method {
 public:
  Method(Host& host, const std::string& service, const std::string& name,
         const MethodOptions& options = {});

  TaskPool& pool() const { return *pool_; }
  /// nullptr: answers are not kept.
  AnswerCache* answers() const { return answers_; }
  /// Tells this method's keys from those of others.
  const std::string& full_name() const { return full_name_; }

  /// Counts a call that ended. `error`: nullptr if it succeeded.
  void count(std::int64_t started_ns, const Error* error);

 private:
  static constexpr std::size_t kResults = static_cast<std::size_t>(ErrorKind::Internal) + 2;

  std::string full_name_;
  TaskPool* pool_;
  AnswerCache* answers_;
  platform::Histogram& seconds_;
  std::array<platform::Counter*, kResults> calls_{};
};

}  // namespace tessera::services
