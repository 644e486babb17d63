// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A crash leaves a file: what happened, where (a symbolised stack), in which build, and the last
// ticks of the world. Then the process ends by the signal it crashed with, core dump and all.
//
// A signal handler may call next to nothing: the crash may have happened inside malloc, with its
// lock held. So all that needs memory (paths, the table of loaded modules, the symboliser's path)
// is prepared by install_crash_reports(). The handler walks the stack and writes raw addresses;
// names come from addr2line in a child process, which falls back to the dynamic symbols when there
// is none. Whatever hangs meanwhile is ended by an alarm.
#pragma once

#include <cstdint>
#include <string>

#include "engine/core/error.h"

namespace tessera::platform {

struct CrashOptions {
  std::string directory;     ///< is created; reports are crash-<unix seconds>-<pid>.txt in it
  std::string build;         ///< the line that names the build: build_line()
  std::string symbolizer{};  ///< a program that takes addr2line's arguments; empty: look in PATH
};

/// Reports SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, failed assertions and std::terminate from now
/// on. Once per process, at start, before other threads. Adds an alternative signal stack for the
/// calling thread.
Result<void> install_crash_reports(const CrashOptions& options);

/// Gives the calling thread a signal stack, so that an overflow of its own stack can be reported.
/// Lives until the thread ends.
void prepare_thread_for_crashes();

/// Remembers a finished tick for the report: the latest 64 are in it. A few stores; for one thread.
void note_tick(std::uint64_t tick, std::uint64_t hash, std::int64_t duration_ns);

}  // namespace tessera::platform
