// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Keys of ES256: ECDSA on the curve P-256 with SHA-256 (RFC 7518 section 3.4), by OpenSSL. The key
// is read once and then signs and verifies many tokens; a JWT library would read it from PEM each
// time.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/error.h"

struct evp_pkey_st;

namespace tessera::accounts {

class Es256Key {
 public:
  using Coordinate = std::array<unsigned char, 32>;
  /// A public key as JSON Web Keys have it.
  struct Point {
    Coordinate x{};
    Coordinate y{};
  };
  /// r and s, 32 bytes each, big endian.
  using Signature = std::array<unsigned char, 64>;

  static Result<Es256Key> generate();
  static Result<Es256Key> from_private_pem(const std::string& pem);
  /// Can verify only. Fails for a point that is not on the curve.
  static Result<Es256Key> from_point(const Point& point);

  Result<std::string> private_pem() const;
  Result<Point> point() const;
  Result<Signature> sign(std::string_view text) const;
  bool verify(std::string_view text, const Signature& signature) const;

 private:
  explicit Es256Key(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace tessera::accounts
