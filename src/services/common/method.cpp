// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/common/method.h"

#include "engine/platform/clock.h"

namespace tessera::services {
namespace {

// In the order of ErrorKind, after "ok".
constexpr std::array kResultNames = {"ok",
                                     "invalid_argument",
                                     "not_found",
                                     "already_exists",
                                     "unauthenticated",
                                     "permission_denied",
                                     "unavailable",
                                     "storage_failed",
                                     "resource_exhausted",
                                     "corrupt",
                                     "internal"};

}  // namespace

Method::Method(Host& host, const std::string& service, const std::string& name,
               const MethodOptions& options)
    : full_name_(service + "." + name),
      pool_(options.pool == nullptr ? &host.pool() : options.pool),
      answers_(options.once ? &host.answers() : nullptr),
      seconds_(host.metrics().histogram(
          "tessera_service_call_seconds", "From a call's arrival to its answer, queue included.",
          {0.0005, 0.001, 0.005, 0.02, 0.1, 0.5, 2, 5}, {{"service", service}, {"method", name}})) {
  static_assert(kResultNames.size() == kResults);
  for (std::size_t i = 0; i < kResults; ++i) {
    calls_[i] = &host.metrics().counter(
        "tessera_service_calls_total", "Calls that were answered, by result.",
        {{"service", service}, {"method", name}, {"result", kResultNames[i]}});
  }
}

void Method::count(std::int64_t started_ns, const Error* error) {
  seconds_.observe(static_cast<double>(platform::monotonic_ns() - started_ns) * 1e-9);
  calls_[error == nullptr ? 0 : static_cast<std::size_t>(error->kind) + 1]->add();
}

}  // namespace tessera::services
