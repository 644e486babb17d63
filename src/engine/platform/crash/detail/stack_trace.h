// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The stack of a crashed thread, as addresses and then as names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace tessera::platform::detail {

/// Notes where the program and its libraries are loaded, finds the symboliser and makes the
/// unwinder load what it needs. Before any crash; allocates.
void prepare_stack_traces(const std::string& symbolizer);

/// Writes the calling thread's stack to a file, raw. `fault_address` is the program counter of the
/// crash, or 0: frames above it (the handler's own) are left out. Safe in a signal handler.
void write_raw_stack(int descriptor, std::uintptr_t fault_address);

/// Writes the stack taken by write_raw_stack() with functions, files and lines: from a child
/// process, for at most `timeout_ms`. Safe in a signal handler.
void write_symbolised_stack(int descriptor, int timeout_ms);

}  // namespace tessera::platform::detail
