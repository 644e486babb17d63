// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include "engine/platform/testing/temp_directory.h"
#include "server/commands/commands.h"
#include "world/log/log_format.h"

namespace tessera::server {
namespace {

struct Ran {
  int code = -1;
  std::string out;
  std::string err;
};

/// Runs the command line as a shell would.
Ran run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "tessera");
  std::vector<const char*> argv;
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  argv.push_back(nullptr);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Ran ran;
  ran.code = run_command_line(static_cast<int>(arguments.size()), argv.data());
  std::fflush(stdout);
  ran.out = testing::internal::GetCapturedStdout();
  ran.err = testing::internal::GetCapturedStderr();
  return ran;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(CommandLine, ExplainsEveryCommandWithExamples) {
  const std::vector<std::vector<std::string>> commands{{},
                                                       {"serve"},
                                                       {"bots"},
                                                       {"replay"},
                                                       {"content"},
                                                       {"content", "check"},
                                                       {"content", "zone"},
                                                       {"content", "terrain"},
                                                       {"admin"},
                                                       {"admin", "kick"},
                                                       {"admin", "ban"},
                                                       {"admin", "mute"},
                                                       {"admin", "announce"},
                                                       {"admin", "shutdown"},
                                                       {"version"}};
  for (std::vector<std::string> command : commands) {
    command.emplace_back("--help");
    const Ran ran = run(command);
    EXPECT_EQ(ran.code, kExitDone) << command.front();
    EXPECT_TRUE(contains(ran.out, "Example")) << ran.out;
  }
}

TEST(CommandLine, TellsTheVersion) {
  const Ran ran = run({"version"});
  EXPECT_EQ(ran.code, kExitDone);
  EXPECT_TRUE(contains(ran.out, "tessera ")) << ran.out;
}

TEST(CommandLine, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(run({}).code, kExitWrongUse);
  EXPECT_EQ(run({"dance"}).code, kExitWrongUse);
  EXPECT_EQ(run({"serve", "--nonsense"}).code, kExitWrongUse);
  EXPECT_EQ(run({"replay"}).code, kExitWrongUse);
  EXPECT_EQ(run({"replay", "x", "--workers", "1000"}).code, kExitWrongUse);
}

TEST(ServeCommand, PrintsAConfigurationThatItAccepts) {
  const Ran ran = run({"serve", "--print-config"});
  EXPECT_EQ(ran.code, kExitDone);
  EXPECT_TRUE(contains(ran.out, "creatures")) << ran.out;
}

TEST(ServeCommand, RunsAWorldUntilItIsToldToStop) {
  sigset_t term;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &term, nullptr);
  kill(getpid(), SIGTERM);  // waits for the command to look at it
  platform::TempDirectory folder;
  const Ran ran = run({"serve", "--data", folder.file("data"), "--http", "127.0.0.1:0", "--udp",
                       "127.0.0.1:0", "--creatures", "5", "--record", folder.file("run.tlog")});
  EXPECT_EQ(ran.code, kExitDone) << ran.err;
  EXPECT_TRUE(contains(ran.out, "is ready")) << ran.out;
  EXPECT_TRUE(contains(ran.out, "http://127.0.0.1:")) << ran.out;
  EXPECT_TRUE(contains(ran.out, "Stopped.")) << ran.out;
  const Ran again = run({"replay", folder.file("run.tlog"), "--workers", "2"});
  EXPECT_EQ(again.code, kExitDone) << again.err;
  EXPECT_TRUE(contains(again.out, " ok\n")) << again.out;
}

TEST(ServeCommand, SaysWhyItCannotStart) {
  platform::TempDirectory folder;
  Ran ran = run({"serve", "--data", folder.file("data"), "--content", folder.file("none")});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.err, "none")) << ran.err;
}

TEST(ServeCommand, SaysSoWhenItsFilesMayNotGrowInsteadOfDyingOfASignal) {
  std::signal(SIGXFSZ, SIG_DFL);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{10'000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  platform::TempDirectory folder;
  const Ran ran = run(
      {"serve", "--data", folder.file("data"), "--http", "127.0.0.1:0", "--udp", "127.0.0.1:0"});
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.err, "ulimit -f")) << ran.err;
}

TEST(ServeCommand, NamesAWrongSettingAndWhereItStands) {
  platform::TempDirectory folder;
  std::ofstream(folder.file("t.yaml")) << "world: {creture: 3}\n";
  Ran ran = run({"serve", "--config", folder.file("t.yaml")});
  EXPECT_EQ(ran.code, kExitWrongUse);
  EXPECT_TRUE(contains(ran.err, "world.creatures")) << ran.err;
  ran = run({"serve", "--workers", "many"});
  EXPECT_EQ(ran.code, kExitWrongUse);
  EXPECT_TRUE(contains(ran.err, "--workers")) << ran.err;
  ran = run({"serve", "--udp", "0.0.0.0:1"});
  EXPECT_TRUE(contains(ran.err, "udp.public")) << ran.err;
}

TEST(ReplayCommand, ExplainsFilesItCannotUse) {
  platform::TempDirectory folder;
  Ran ran = run({"replay", folder.file("missing.tlog")});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.err, "missing.tlog")) << ran.err;
  std::ofstream(folder.file("text")) << "not a log at all, just some text";
  EXPECT_TRUE(contains(run({"replay", folder.file("text")}).err, "not a Tessera log"));
  const auto foreign = log::encode_prologue({.build = "x", .content_hash = 12345});
  std::ofstream(folder.file("foreign"), std::ios::binary)
      .write(reinterpret_cast<const char*>(foreign.data()),
             static_cast<std::streamsize>(foreign.size()));
  ran = run({"replay", folder.file("foreign")});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.err, "--content")) << ran.err;
  EXPECT_EQ(run({"replay", folder.file("foreign"), "--content", folder.file("no")}).code,
            kExitFailed);
}

TEST(ContentCommand, ChecksAndMakesContent) {
  platform::TempDirectory folder;
  EXPECT_EQ(run({"content", "check"}).code, kExitDone);
  EXPECT_EQ(run({"content", "check", folder.file("none")}).code, kExitFailed);
  EXPECT_EQ(run({"content", "terrain", folder.file("h.png"), "--samples", "65"}).code, kExitDone);
  EXPECT_EQ(run({"content", "terrain", folder.file("no/such/h.png")}).code, kExitFailed);
}

TEST(AdminCommand, SaysWhatIsMissing) {
  platform::TempDirectory folder;
  Ran ran = run({"admin", "--data", folder.path(), "kick", "anna"});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.err, "--data")) << ran.err;
  std::ofstream(folder.file("admin_token")) << "00112233\n";
  ran = run({"admin", "--data", folder.path(), "--server", "http://127.0.0.1:1", "announce", "Hi"});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_FALSE(ran.err.empty());
  EXPECT_EQ(run({"admin", "mute", "anna"}).code, kExitWrongUse) << "for how long?";
}

}  // namespace
}  // namespace tessera::server
