// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/common/served_method.h"

namespace tessera::services {

std::string idempotency_key(const grpc::ServerContext& context) {
  const auto position = context.client_metadata().find(kIdempotencyKeyName);
  if (position == context.client_metadata().end()) return {};
  return {position->second.data(), position->second.size()};
}

}  // namespace tessera::services
