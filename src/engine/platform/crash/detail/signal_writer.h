// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Text output that is allowed in a signal handler: no memory, no locks, only write(2).
#pragma once

#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tessera::platform::detail {

class SignalWriter {
 public:
  explicit SignalWriter(int descriptor) : descriptor_(descriptor) {}
  ~SignalWriter() { flush(); }
  SignalWriter(const SignalWriter&) = delete;
  SignalWriter& operator=(const SignalWriter&) = delete;

  SignalWriter& operator<<(std::string_view text) {
    for (const char c : text) put(c);
    return *this;
  }
  SignalWriter& operator<<(const char* text) { return *this << std::string_view(text); }
  SignalWriter& decimal(std::uint64_t value) {
    std::array<char, 20> digits{};
    std::size_t count = 0;
    do {
      digits[count++] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value != 0);
    while (count > 0) put(digits[--count]);
    return *this;
  }
  SignalWriter& hex(std::uint64_t value) {
    *this << "0x";
    int shift = 60;
    while (shift > 0 && (value >> shift) == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) put("0123456789abcdef"[(value >> shift) & 0xf]);
    return *this;
  }
  void flush() {
    std::size_t written = 0;
    while (written < size_) {
      const ssize_t count = ::write(descriptor_, buffer_.data() + written, size_ - written);
      if (count <= 0) break;
      written += static_cast<std::size_t>(count);
    }
    size_ = 0;
  }

 private:
  void put(char c) {
    if (size_ == buffer_.size()) flush();
    buffer_[size_++] = c;
  }

  int descriptor_;
  std::size_t size_ = 0;
  std::array<char, 512> buffer_{};
};

}  // namespace tessera::platform::detail
