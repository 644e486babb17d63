// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// TESSERA_ASSERT guards our own invariants, in release too. It never judges bytes from outside.
#pragma once

namespace tessera {

/// Called with the failed condition before the process ends; set once, by platform/crash_report.
using AssertHandler = void (*)(const char* condition, const char* message, const char* file,
                               int line);
void set_assert_handler(AssertHandler handler);

/// Prints the failure to stderr, calls the handler and aborts.
[[noreturn]] void assertion_failed(const char* condition, const char* message, const char* file,
                                   int line);

}  // namespace tessera

#define TESSERA_ASSERT(condition, message) \
  (static_cast<bool>(condition)            \
       ? static_cast<void>(0)              \
       : ::tessera::assertion_failed(#condition, message, __FILE__, __LINE__))
