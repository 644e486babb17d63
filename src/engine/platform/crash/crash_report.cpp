// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/crash/crash_report.h"

#include <cxxabi.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string_view>
#include <utility>

#include "engine/core/assert.h"
#include "engine/platform/crash/detail/signal_writer.h"
#include "engine/platform/crash/detail/stack_trace.h"
#include "engine/platform/files.h"

#ifdef TESSERA_COVERAGE
extern "C" void __gcov_dump();
#endif

namespace tessera::platform {
namespace {

using detail::SignalWriter;

constexpr std::array kSignals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr std::size_t kTicksKept = 64;
constexpr std::size_t kSignalStackBytes = std::size_t{128} << 10;  // the unwinder needs some 20 KiB
constexpr unsigned kHandlerSecondsMax = 30;  // then the alarm ends the process
constexpr int kSymbolizeTimeoutMs = 10'000;  // a 100 MB binary takes about 2 s

struct TickNote {
  std::atomic<std::uint64_t> tick{0};
  std::atomic<std::uint64_t> hash{0};
  std::atomic<std::int64_t> duration_ns{0};
};

// The handler has no argument and may not allocate: what it needs lies here.
std::array<TickNote, kTicksKept> g_ticks;
std::atomic<std::uint64_t> g_ticks_noted{0};
std::array<char, 1024> g_directory{};
std::array<char, 256> g_build{};
std::array<char, 1024> g_cause{};  // of an assertion or std::terminate, before SIGABRT comes
std::atomic<pid_t> g_reporter{0};  // the thread that writes the report
time_t g_started_at = 0;

template <std::size_t Size>
void copy_text(std::array<char, Size>& out, std::string_view text) {
  *std::ranges::copy(text.substr(0, Size - 1), out.begin()).out = '\0';
}

const char* name_of(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "SIGSEGV (bad memory access)";
    case SIGBUS:
      return "SIGBUS (bad memory access)";
    case SIGFPE:
      return "SIGFPE (bad arithmetic)";
    case SIGILL:
      return "SIGILL (bad instruction)";
    case SIGABRT:
      return "SIGABRT (abort)";
    default:
      return "unknown signal";
  }
}

std::uintptr_t program_counter(const void* context) {
  const auto* const user = static_cast<const ucontext_t*>(context);
#if defined(__x86_64__)
  return static_cast<std::uintptr_t>(user->uc_mcontext.gregs[REG_RIP]);
#elif defined(__aarch64__)
  return static_cast<std::uintptr_t>(user->uc_mcontext.pc);
#else
  static_cast<void>(user);
  return 0;
#endif
}

void write_ticks(SignalWriter& out) {
  const std::uint64_t noted = g_ticks_noted.load(std::memory_order_acquire);
  const std::uint64_t count = std::min<std::uint64_t>(noted, kTicksKept);
  out << "\nlast ticks (newest first): tick, hash, duration in us\n";
  for (std::uint64_t i = 0; i < count; ++i) {
    const TickNote& note = g_ticks[(noted - 1 - i) % kTicksKept];
    out << "  ";
    out.decimal(note.tick.load(std::memory_order_relaxed)) << " ";
    out.hex(note.hash.load(std::memory_order_relaxed)) << " ";
    const auto duration_ns = note.duration_ns.load(std::memory_order_relaxed);
    out.decimal(static_cast<std::uint64_t>(std::max<std::int64_t>(duration_ns, 0)) / 1000) << "\n";
  }
  if (count == 0) out << "  none\n";
}

void write_head(SignalWriter& out, int signal, const siginfo_t& info) {
  std::array<char, 32> thread_name{};
  pthread_getname_np(pthread_self(), thread_name.data(), thread_name.size());
  const time_t now = time(nullptr);
  out << "tessera crash report\nbuild: " << g_build.data() << "\nsignal: " << name_of(signal);
  if (signal != SIGABRT) {
    out << " at address ";
    out.hex(reinterpret_cast<std::uintptr_t>(info.si_addr));
  }
  out << "\n";
  if (g_cause[0] != '\0') out << "cause: " << g_cause.data() << "\n";
  out << "thread: " << thread_name.data() << " (";
  out.decimal(static_cast<std::uint64_t>(gettid())) << ")\nprocess: ";
  out.decimal(static_cast<std::uint64_t>(getpid())) << "\ntime: ";
  out.decimal(static_cast<std::uint64_t>(now)) << " s since 1970, ";
  out.decimal(static_cast<std::uint64_t>(now - g_started_at)) << " s after the start\n";
}

/// Opens crash-<seconds>-<pid>.txt and leaves its path in `path`; stderr when that fails.
int open_report(std::array<char, 1100>& path) {
  // SignalWriter writes to descriptors only, so the name goes through a file in memory.
  const int memory = memfd_create("name", MFD_CLOEXEC);
  {
    SignalWriter out(memory);
    out << g_directory.data() << "/crash-";
    out.decimal(static_cast<std::uint64_t>(time(nullptr))) << "-";
    out.decimal(static_cast<std::uint64_t>(getpid())) << ".txt";
  }
  const ssize_t size = pread(memory, path.data(), path.size() - 1, 0);
  close(memory);
  if (size <= 0) return STDERR_FILENO;
  path[static_cast<std::size_t>(size)] = '\0';
  const int file = open(path.data(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_APPEND, 0644);
  if (file >= 0) return file;
  path[0] = '\0';
  return STDERR_FILENO;
}

/// Does what the signal would have done without us, core dump included.
void end_by(int signal) {
#ifdef TESSERA_COVERAGE
  __gcov_dump();  // otherwise a crash takes the counts of what it ran with it
#endif
  ::signal(signal, SIG_DFL);
  sigset_t unblocked;
  sigemptyset(&unblocked);
  sigaddset(&unblocked, signal);
  pthread_sigmask(SIG_UNBLOCK, &unblocked, nullptr);
  raise(signal);
}

void handle_crash(int signal, siginfo_t* info, void* context) {
  pid_t reporter = 0;
  if (!g_reporter.compare_exchange_strong(reporter, gettid())) {
    if (reporter == gettid()) end_by(signal);  // the report itself crashed
    while (true) pause();                      // another thread crashed too: let the first finish
  }
  ::signal(SIGALRM, SIG_DFL);
  alarm(kHandlerSecondsMax);
  std::array<char, 1100> path{};
  const int file = open_report(path);
  {
    SignalWriter out(file);
    write_head(out, signal, *info);
    write_ticks(out);
    out << "\nstack, raw\n";
  }
  detail::write_raw_stack(file, program_counter(context));
  fsync(file);  // what follows may fail; this much is safe
  SignalWriter(file) << "\nstack\n";
  detail::write_symbolised_stack(file, kSymbolizeTimeoutMs);
  SignalWriter(file) << "\nend of report\n";
  if (path[0] != '\0') {
    SignalWriter(STDERR_FILENO) << "tessera: ended by " << name_of(signal) << "; the report is in "
                                << path.data() << "\n";
    close(file);
  }
  end_by(signal);
}

void remember_assertion(const char* condition, const char* message, const char* file, int line) {
  std::array<char, 1024> text{};
  const auto end =
      fmt::format_to_n(text.data(), text.size() - 1, "{}:{}: assertion failed: {} ({})", file, line,
                       message, condition);
  copy_text(g_cause, {text.data(), std::min(end.size, text.size() - 1)});
}

[[noreturn]] void remember_exception() {
  std::string_view what = "terminate was called without an exception";
  if (const std::exception_ptr exception = std::current_exception()) {
    copy_text(g_cause, "an exception that is no std::exception was not caught");
    try {
      std::rethrow_exception(exception);
    } catch (const std::exception& error) {
      std::array<char, 1024> text{};
      const auto end = fmt::format_to_n(text.data(), text.size() - 1,
                                        "an exception was not caught: {}", error.what());
      copy_text(g_cause, {text.data(), std::min(end.size, text.size() - 1)});
    } catch (...) {  // its text is set above
    }
  } else {
    copy_text(g_cause, what);
  }
  std::abort();
}

/// Memory for one thread's signal handlers, with a forbidden page below it.
class SignalStack {
 public:
  SignalStack() {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    bytes_ = kSignalStackBytes + page;
    void* const memory =
        mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return;
    memory_ = static_cast<std::byte*>(memory);
    mprotect(memory_, page, PROT_NONE);
    const stack_t stack{.ss_sp = memory_ + page, .ss_flags = 0, .ss_size = kSignalStackBytes};
    sigaltstack(&stack, nullptr);
  }
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;
  ~SignalStack() {
    if (memory_ == nullptr) return;
    const stack_t none{.ss_sp = nullptr, .ss_flags = SS_DISABLE, .ss_size = 0};
    sigaltstack(&none, nullptr);
    munmap(memory_, bytes_);
  }

 private:
  std::byte* memory_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace

Result<void> install_crash_reports(const CrashOptions& options) {
  if (options.directory.size() >= g_directory.size()) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("the path '{}' is longer than the {} bytes a crash report allows",
                               options.directory, g_directory.size() - 1));
  }
  if (auto made = create_directories(options.directory); !made) return made;
  copy_text(g_directory, options.directory);
  copy_text(g_build, options.build);
  g_started_at = time(nullptr);
  detail::prepare_stack_traces(options.symbolizer);
  prepare_thread_for_crashes();
  set_assert_handler(remember_assertion);
  std::set_terminate(remember_exception);
  struct sigaction action{};
  action.sa_sigaction = handle_crash;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (const int signal : kSignals) {
    if (sigaction(signal, &action, nullptr) != 0) {
      return failure(ErrorKind::Internal,
                     fmt::format("cannot handle {}: {}", name_of(signal), strerrordesc_np(errno)));
    }
  }
  return {};
}

void prepare_thread_for_crashes() { thread_local const SignalStack stack; }

void note_tick(std::uint64_t tick, std::uint64_t hash, std::int64_t duration_ns) {
  const std::uint64_t noted = g_ticks_noted.load(std::memory_order_relaxed);
  TickNote& note = g_ticks[noted % kTicksKept];
  note.tick.store(tick, std::memory_order_relaxed);
  note.hash.store(hash, std::memory_order_relaxed);
  note.duration_ns.store(duration_ns, std::memory_order_relaxed);
  g_ticks_noted.store(noted + 1, std::memory_order_release);
}

}  // namespace tessera::platform
