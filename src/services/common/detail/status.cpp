// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/common/detail/status.h"

#include <utility>

namespace tessera::services {
namespace {

constexpr std::pair<ErrorKind, grpc::StatusCode> kCodes[] = {
    {ErrorKind::InvalidArgument, grpc::StatusCode::INVALID_ARGUMENT},
    {ErrorKind::NotFound, grpc::StatusCode::NOT_FOUND},
    {ErrorKind::AlreadyExists, grpc::StatusCode::ALREADY_EXISTS},
    {ErrorKind::Unauthenticated, grpc::StatusCode::UNAUTHENTICATED},
    {ErrorKind::PermissionDenied, grpc::StatusCode::PERMISSION_DENIED},
    {ErrorKind::Unavailable, grpc::StatusCode::UNAVAILABLE},
    // "Do not retry until the system's state has been mended": gRPC says it never by itself.
    {ErrorKind::StorageFailed, grpc::StatusCode::FAILED_PRECONDITION},
    {ErrorKind::ResourceExhausted, grpc::StatusCode::RESOURCE_EXHAUSTED},
    {ErrorKind::Corrupt, grpc::StatusCode::DATA_LOSS},
    {ErrorKind::Internal, grpc::StatusCode::INTERNAL},
};

}  // namespace

grpc::Status to_status(const Error& error) {
  for (const auto& [kind, code] : kCodes) {
    if (kind == error.kind) return {code, error.message};
  }
  return {grpc::StatusCode::INTERNAL, error.message};
}

Error to_error(const grpc::Status& status) {
  for (const auto& [kind, code] : kCodes) {
    if (code == status.error_code()) return {kind, status.error_message()};
  }
  switch (status.error_code()) {
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return {ErrorKind::Unavailable, "the service did not answer before the deadline: try again"};
    case grpc::StatusCode::CANCELLED:
    case grpc::StatusCode::ABORTED:
      return {ErrorKind::Unavailable, "the call was cancelled: " + status.error_message()};
    default:
      return {ErrorKind::Internal, status.error_message()};
  }
}

}  // namespace tessera::services
