// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/crash/detail/stack_trace.h"

#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "engine/platform/crash/detail/signal_writer.h"

namespace tessera::platform::detail {
namespace {

constexpr std::size_t kFramesMax = 64;
constexpr std::size_t kModulesMax = 128;  // a server loads about 60 libraries
constexpr std::size_t kPathBytesMax = 512;
constexpr std::size_t kHexBytesMax = 19;  // 0x, 16 digits, zero

/// A loaded program or library.
struct Module {
  std::array<char, kPathBytesMax> path;
  std::uintptr_t base;
  std::uintptr_t begin;
  std::uintptr_t end;
};

struct Frame {
  std::uintptr_t address;  // of the instruction itself: return addresses are one behind a call
  const Module* module;
};

// All that the handler needs, in memory that is there before the crash.
std::array<Module, kModulesMax> g_modules;
std::size_t g_module_count = 0;
std::array<Frame, kFramesMax> g_frames;
std::size_t g_frame_count = 0;
std::array<char, kPathBytesMax> g_symbolizer;

void copy_path(std::array<char, kPathBytesMax>& out, std::string_view path) {
  *std::ranges::copy(path.substr(0, out.size() - 1), out.begin()).out = '\0';
}

int visit_module(dl_phdr_info* info, std::size_t, void*) {
  if (g_module_count == kModulesMax) return 1;
  Module& module = g_modules[g_module_count];
  module.base = info->dlpi_addr;
  module.begin = UINTPTR_MAX;
  module.end = 0;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr) & segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_LOAD) continue;
    module.begin = std::min(module.begin, module.base + segment.p_vaddr);
    module.end = std::max(module.end, module.base + segment.p_vaddr + segment.p_memsz);
  }
  std::error_code none;
  const bool is_program = g_module_count == 0;
  copy_path(module.path, is_program ? std::filesystem::read_symlink("/proc/self/exe", none).string()
                                    : std::string(info->dlpi_name));
  ++g_module_count;
  return 0;
}

std::string find_in_path(std::string_view program) {
  const char* const path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "/usr/bin:/bin" : path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::string candidate = std::string(rest.substr(0, end)).append("/").append(program);
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

const Module* module_of(std::uintptr_t address) {
  for (std::size_t i = 0; i < g_module_count; ++i) {
    if (address >= g_modules[i].begin && address < g_modules[i].end) return &g_modules[i];
  }
  return nullptr;
}

void to_hex(std::uintptr_t value, std::array<char, kHexBytesMax>& out) {
  std::size_t size = 0;
  out[size++] = '0';
  out[size++] = 'x';
  int shift = 60;
  while (shift > 0 && (value >> shift) == 0) shift -= 4;
  for (; shift >= 0; shift -= 4) out[size++] = "0123456789abcdef"[(value >> shift) & 0xf];
  out[size] = '\0';
}

/// In the child: becomes addr2line for frames [first, last), which lie in one module.
void run_symbolizer(std::size_t first, std::size_t last) {
  static std::array<std::array<char, kHexBytesMax>, kFramesMax> g_offsets;
  static std::array<const char*, kFramesMax + 6> g_arguments;
  std::size_t count = 0;
  g_arguments[count++] = g_symbolizer.data();
  g_arguments[count++] = "-Cfipa";
  g_arguments[count++] = "-e";
  g_arguments[count++] = g_frames[first].module->path.data();
  for (std::size_t i = first; i < last; ++i) {
    to_hex(g_frames[i].address - g_frames[i].module->base, g_offsets[i]);
    g_arguments[count++] = g_offsets[i].data();
  }
  g_arguments[count] = nullptr;
  execv(g_symbolizer.data(), const_cast<char* const*>(g_arguments.data()));
}

/// In the child: names from the dynamic symbol table, when there is no symboliser.
void write_dynamic_symbols(int descriptor, std::size_t first, std::size_t last) {
  SignalWriter out(descriptor);
  for (std::size_t i = first; i < last; ++i) {
    Dl_info info{};
    out.hex(g_frames[i].address) << ": ";
    if (dladdr(reinterpret_cast<void*>(g_frames[i].address), &info) == 0 ||
        info.dli_sname == nullptr) {
      out << "??\n";
      continue;
    }
    int status = 0;
    char* const readable = abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
    out << (readable != nullptr ? readable : info.dli_sname) << "\n";
    std::free(readable);
  }
}

/// Waits for a child; ends it when it takes too long.
bool wait_for(pid_t child, int timeout_ms) {
  for (int waited_ms = 0;; waited_ms += 10) {
    int status = 0;
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (ended < 0 || waited_ms >= timeout_ms) break;
    const timespec pause{.tv_sec = 0, .tv_nsec = 10'000'000};
    nanosleep(&pause, nullptr);
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  return false;
}

/// `use_program`: by addr2line, else by dynamic symbols.
bool symbolise_in_child(int descriptor, std::size_t first, std::size_t last, bool use_program,
                        int timeout_ms) {
  const pid_t child = _Fork();  // the fork that is allowed in a signal handler
  if (child < 0) return false;
  if (child > 0) return wait_for(child, timeout_ms);
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) ::signal(signal, SIG_DFL);
  if (use_program) {
    dup2(descriptor, STDOUT_FILENO);
    const int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    dup2(null, STDERR_FILENO);
    run_symbolizer(first, last);
    _exit(127);
  }
  write_dynamic_symbols(descriptor, first, last);
  _exit(0);
}

}  // namespace

void prepare_stack_traces(const std::string& symbolizer) {
  std::string path = symbolizer;
  for (const char* name : {"addr2line", "llvm-addr2line", "llvm-addr2line-22"}) {
    if (path.empty()) path = find_in_path(name);
  }
  copy_path(g_symbolizer, path);
  g_module_count = 0;
  dl_iterate_phdr(visit_module, nullptr);
  std::array<void*, 4> warm{};
  backtrace(warm.data(), static_cast<int>(warm.size()));  // loads the unwinder, which allocates
}

void write_raw_stack(int descriptor, std::uintptr_t fault_address) {
  std::array<void*, kFramesMax> addresses{};
  const auto count = static_cast<std::size_t>(
      std::max(0, backtrace(addresses.data(), static_cast<int>(addresses.size()))));
  std::size_t first = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (reinterpret_cast<std::uintptr_t>(addresses[i]) == fault_address) first = i;
  }
  SignalWriter out(descriptor);
  g_frame_count = 0;
  for (std::size_t i = first; i < count; ++i) {
    auto address = reinterpret_cast<std::uintptr_t>(addresses[i]);
    if (address != fault_address && address != 0) --address;
    const Module* const module = module_of(address);
    out << "  #";
    out.decimal(g_frame_count) << " ";
    out.hex(address);
    if (module != nullptr) {
      out << " " << module->path.data() << "+";
      out.hex(address - module->base);
    }
    out << "\n";
    g_frames[g_frame_count++] = {.address = address, .module = module};
  }
}

void write_symbolised_stack(int descriptor, int timeout_ms) {
  // Neighbouring frames of one module go to one run of the symboliser.
  for (std::size_t first = 0, last = 0; first < g_frame_count; first = last) {
    while (last < g_frame_count && g_frames[last].module == g_frames[first].module) ++last;
    const bool has_program = g_symbolizer[0] != '\0' && g_frames[first].module != nullptr;
    if (has_program && symbolise_in_child(descriptor, first, last, true, timeout_ms)) continue;
    symbolise_in_child(descriptor, first, last, false, timeout_ms);
  }
}

}  // namespace tessera::platform::detail
