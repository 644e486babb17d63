// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Mutual TLS between processes, from PEM files; nothing in the clear leaves the machine. For .cpp
// files of services/common only.
#pragma once

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include <memory>

#include "services/common/service_channel.h"

namespace tessera::services {

Result<std::shared_ptr<grpc::ChannelCredentials>> channel_credentials(
    const ConnectOptions& options);
Result<std::shared_ptr<grpc::ServerCredentials>> server_credentials(const ConnectOptions& options);

}  // namespace tessera::services
