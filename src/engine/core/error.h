// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Errors of the outside (files, database, services, content): returned, never thrown.
// For broken bytes see DecodeError in bytes.h; for broken invariants see assert.h.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace tessera {

enum class ErrorKind : std::uint8_t {
  InvalidArgument,  ///< the caller asked for something that cannot be; asking again will not help
  NotFound,
  AlreadyExists,
  Unauthenticated,    ///< who asks is not known: wrong password, token missing, expired or forged
  PermissionDenied,   ///< who asks is known and may not
  Unavailable,        ///< the outside does not answer; asking again may help
  StorageFailed,      ///< the database cannot be read or written; once mended, asking again helps
  ResourceExhausted,  ///< a stated limit is reached
  Corrupt,            ///< stored data is damaged
  Internal,
};

/// What was wrong, where, what was expected and what to do, as one sentence for a person.
struct Error {
  ErrorKind kind = ErrorKind::Internal;
  std::string message;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> failure(ErrorKind kind, std::string message) {
  return std::unexpected(Error{kind, std::move(message)});
}

}  // namespace tessera
