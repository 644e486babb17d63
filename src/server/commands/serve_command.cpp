// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <memory>
#include <vector>

#include "engine/platform/build/build_info.h"
#include "engine/platform/clock.h"
#include "engine/platform/crash/crash_report.h"
#include "engine/platform/files.h"
#include "engine/platform/log.h"
#include "server/commands/commands.h"
#include "server/commands/status_line.h"
#include "server/roles/server.h"

namespace tessera::server {
namespace {

struct ServeFlags {
  std::string config;
  std::vector<GivenFlag> given;
  std::string ready_file;
  bool print_config = false;
};

struct SettingFlag {
  std::string flag;
  std::string key;   ///< of the setting that it sets
  std::string type;  ///< what it takes, for the help
  std::string help;
  std::string by_default{};  ///< for the help; empty: nothing to tell
};

/// Adds a flag that sets a setting, so that it is checked where all settings are.
void add_setting(CLI::App& command, const std::shared_ptr<ServeFlags>& flags,
                 const SettingFlag& setting) {
  command
      .add_option_function<std::string>(
          setting.flag,
          [flags, key = setting.key, flag = setting.flag](const std::string& value) {
            flags->given.push_back({key, value, flag});
          },
          setting.help)
      ->type_name(setting.type)
      ->default_str(setting.by_default);
}

void add_settings(CLI::App& command, const std::shared_ptr<ServeFlags>& flags) {
  const Settings defaults;
  const SettingFlag all[] = {
      {"--data", "data", "FOLDER", "Database, keys and log", defaults.data},
      {"--content", "content", "FOLDER", "The zone", "the default zone"},
      {"--http", "http.listen", "HOST:PORT", "For HTTP and WebSocket", defaults.http},
      {"--client", "http.client", "FOLDER", "The built browser client", "build/web/game"},
      {"--udp", "udp.listen", "HOST:PORT", "For game clients", defaults.udp},
      {"--udp-public", "udp.public", "HOST:PORT", "What game clients are told", "as --udp"},
      {"--workers", "world.workers", "NUMBER", "Threads beside the simulation thread",
       std::to_string(defaults.workers)},
      {"--seed", "world.seed", "NUMBER", "Of the world", std::to_string(defaults.seed)},
      {"--creatures", "world.creatures", "NUMBER", "How many wander about",
       std::to_string(defaults.creatures)},
      {"--players-max", "world.players_max", "NUMBER", "Players at a time; others queue",
       std::to_string(defaults.players_max)},
      {"--record", "log.record", "FILE", "Write the whole run there, for tessera replay"},
      {"--chaos", "udp.chaos", "TEXT", "A bad network, such as loss=2,delay=40,jitter=10"}};
  for (const SettingFlag& setting : all) add_setting(command, flags, setting);
  command.add_flag_callback(
      "--watch", [flags] { flags->given.push_back({"content_watch", "true", "--watch"}); },
      "Take over changed files of the zone while it runs");
}

int failed(const Error& error) {
  std::fprintf(stderr, "tessera serve: %s\n", error.message.c_str());
  return error.kind == ErrorKind::InvalidArgument ? kExitWrongUse : kExitFailed;
}

/// Of stopping; a second Ctrl-C counts from a while later.
std::atomic<std::int64_t> g_stop_began_ns{0};

/// A terminal and a script may both pass on one Ctrl-C: what comes within this time is that one.
constexpr std::int64_t kOneInterrupt_ns = 1'000'000'000;

void take_second_interrupt(int signal) {
  if (platform::monotonic_ns() - g_stop_began_ns < kOneInterrupt_ns) return;
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

/// SIGINT, SIGTERM and SIGHUP (the terminal is closed) wait until the main thread asks for them; no
/// other thread gets them. What a failed write would raise is ignored: its error says enough.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    struct sigaction hang_up{};
    sigaction(SIGHUP, nullptr, &hang_up);
    if (hang_up.sa_handler != SIG_IGN) sigaddset(&signals_, SIGHUP);  // else nohup wants us to stay
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    // A file that reaches its limit (ulimit -f) is a failed write, as on a full disk.
    std::signal(SIGXFSZ, SIG_IGN);
  }
  /// True when one came within a quarter of a second.
  bool wait() const {
    const timespec quarter{.tv_sec = 0, .tv_nsec = 250'000'000};
    return sigtimedwait(&signals_, nullptr, &quarter) > 0;
  }
  /// From now on only a second Ctrl-C, not the same one passed on twice, ends the process at once.
  static void begin_stop() {
    g_stop_began_ns = platform::monotonic_ns();
    std::signal(SIGINT, take_second_interrupt);
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_UNBLOCK, &interrupt, nullptr);
  }

 private:
  sigset_t signals_;
};

Result<void> prepare_process(const Settings& settings) {
  platform::LogOptions log;
  const std::string& level = settings.messages_level;
  log.level = level == "debug"     ? platform::LogLevel::Debug
              : level == "info"    ? platform::LogLevel::Info
              : level == "warning" ? platform::LogLevel::Warning
                                   : platform::LogLevel::Error;
  log.format =
      settings.messages_format == "json" ? platform::LogFormat::Json : platform::LogFormat::Text;
  log.file = settings.messages_file;
  if (auto started = platform::start_logging(log); !started) return started;
  platform::CrashOptions crash;
  crash.directory = settings.data + "/crashes";
  crash.build = platform::build_line();
  return platform::install_crash_reports(crash);
}

std::string url_of(const Server& server, const Settings& settings) {
  return (settings.certificate.empty() ? "http://" : "https://") + server.http_address();
}

void announce_start(const Server& server, const Settings& settings) {
  std::printf("Tessera %s is ready. Ctrl-C stops it.\n",
              std::string(platform::build_info().version).c_str());
  if (server.serves_client()) std::printf("  play       %s\n", url_of(server, settings).c_str());
  std::printf("  HTTP API   %s/api/v1/status\n", url_of(server, settings).c_str());
  std::printf("  game       udp %s\n", server.udp_address().c_str());
  std::printf("  data       %s\n", settings.data.c_str());
  if (!settings.record.empty()) std::printf("  recording  %s\n", settings.record.c_str());
  std::fflush(stdout);
}

Result<void> write_ready_file(const std::string& file, const Server& server,
                              const Settings& settings) {
  if (file.empty()) return {};
  return platform::write_text_file(file, url_of(server, settings) + "\n");
}

/// Until somebody wants the server to end; returns why.
Server::Ending watch(const Server& server, const StopSignals& signals, bool line) {
  for (unsigned quarter = 0;; ++quarter) {
    if (signals.wait()) return {"The server is stopping.", false};
    if (auto ending = server.ending()) return *std::move(ending);
    if (!line || quarter % 4 != 0) continue;
    std::printf("\r\x1b[K%s", status_line(server.status()).c_str());
    std::fflush(stdout);
  }
}

int serve(const ServeFlags& flags) {
  if (flags.print_config) {
    std::fputs(settings_reference().c_str(), stdout);
    return kExitDone;
  }
  const auto settings = load_settings(flags.config, environ, flags.given);
  if (!settings) return failed(settings.error());
  const StopSignals signals;
  if (auto prepared = prepare_process(*settings); !prepared) return failed(prepared.error());
  auto server = Server::start(*settings);
  if (!server) {
    platform::stop_logging();
    return failed(server.error());
  }
  announce_start(**server, *settings);
  if (auto written = write_ready_file(flags.ready_file, **server, *settings); !written) {
    return failed(written.error());
  }
  const bool line = settings->status_line && ::isatty(STDOUT_FILENO) != 0;
  const Server::Ending ending = watch(**server, signals, line);
  std::printf("%sStopping: everyone is told, everything is saved ...\n", line ? "\n" : "");
  std::fflush(stdout);
  StopSignals::begin_stop();
  const auto stopped = (*server)->stop(ending.sentence);
  server->reset();
  platform::stop_logging();
  if (!stopped) return failed(stopped.error());
  std::puts("Stopped.");
  return ending.failed ? kExitFailed : kExitDone;
}

}  // namespace

void add_serve_command(CLI::App& app, Action& action) {
  CLI::App* const command = app.add_subcommand("serve", "Run a world with all it needs");
  const auto flags = std::make_shared<ServeFlags>();
  command->add_option("--config", flags->config, "YAML of settings (see --print-config)")
      ->type_name("FILE");
  add_settings(*command, flags);
  command
      ->add_option("--ready-file", flags->ready_file,
                   "Written when players may come: the server's URL, for scripts")
      ->type_name("FILE");
  command->add_flag("--print-config", flags->print_config,
                    "Print all settings with their defaults and end");
  command->footer(
      "Settings come from --config, then TESSERA_... variables, then flags; the later wins.\n"
      "Examples:\n"
      "  tessera serve\n"
      "  tessera serve --data /var/lib/tessera --http 127.0.0.1:9080 --udp 127.0.0.1:9777\n"
      "  tessera serve --udp 0.0.0.0:7777 --udp-public 203.0.113.7:7777\n"
      "  tessera serve --record run.tlog --seed 7 --creatures 500\n"
      "  TESSERA_WORLD_WORKERS=3 tessera serve --config tessera.yaml");
  command->callback([&action, flags] { action = [flags] { return serve(*flags); }; });
}

}  // namespace tessera::server
