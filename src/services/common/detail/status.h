// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// An Error and a grpc::Status are the same thing on two sides of a call. For .cpp files only.
#pragma once

#include <grpcpp/support/status.h>

#include "engine/core/error.h"

namespace tessera::services {

/// Metadata key of the idempotency key that a client sends with every call.
inline constexpr const char* kIdempotencyKeyName = "x-idempotency-key";

grpc::Status to_status(const Error& error);
/// `status` is not ok. A deadline that passed and a lost connection are both Unavailable.
Error to_error(const grpc::Status& status);

}  // namespace tessera::services
