// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Opening UDP sockets, and descriptors that close themselves.
#pragma once

#include <unistd.h>

#include <string>
#include <utility>

#include "engine/core/error.h"
#include "transport/udp/address.h"

namespace tessera::udp::detail {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  int value() const { return value_; }
  explicit operator bool() const { return value_ >= 0; }

 private:
  int value_ = -1;
};

struct BufferSizes {
  int receive_bytes = 0;
  int send_bytes = 0;
};

/// A non-blocking UDP socket for the family of `address` with buffers as large as the kernel
/// grants.
Result<Descriptor> open_udp(const Address& address, BufferSizes buffers);

/// "<doing> <address>: <errno's text>" with the kind that fits the errno.
Error system_error(int error_number, const char* doing, const Address& address);

}  // namespace tessera::udp::detail
