// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/core/assert.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace tessera {
namespace {
std::atomic<AssertHandler> g_handler{nullptr};
}  // namespace

void set_assert_handler(AssertHandler handler) { g_handler.store(handler); }

void assertion_failed(const char* condition, const char* message, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: assertion failed: %s (%s)\n", file, line, message, condition);
  if (AssertHandler handler = g_handler.exchange(nullptr)) handler(condition, message, file, line);
  std::abort();
}

}  // namespace tessera
