// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "engine/platform/testing/temp_directory.h"
#include "server/commands/testing/run_command.h"

namespace tessera::server {
namespace {

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
  EXPECT_EQ(run({"--version"}).out, ran.out);
  EXPECT_EQ(run({"--version"}).code, kExitDone);
}

TEST(CommandLine, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(run({}).code, kExitWrongUse);
  EXPECT_EQ(run({"dance"}).code, kExitWrongUse);
  EXPECT_EQ(run({"serve", "--nonsense"}).code, kExitWrongUse);
  EXPECT_EQ(run({"replay"}).code, kExitWrongUse);
  EXPECT_EQ(run({"replay", "x", "--workers", "1000"}).code, kExitWrongUse);
}

TEST(CommandLine, SaysWhatItDoesNotKnowAndWhatWasMeant) {
  EXPECT_EQ(run({"serv"}).err, "tessera: unknown command 'serv'; did you mean 'serve'?\n");
  EXPECT_EQ(run({"frob"}).err,
            "tessera: unknown command 'frob'; there are serve, bots, replay, content, inspect, "
            "simulate, admin, version\n");
  EXPECT_EQ(run({"content", "frob"}).err,
            "tessera content: unknown command 'frob'; there are check, build, zone, terrain\n");
  EXPECT_EQ(run({"serve", "--htp", "1"}).err,
            "tessera serve: unknown flag '--htp'; did you mean '--http'?\n");
  EXPECT_EQ(run({"replay"}).err, "tessera replay: file is required\n");
  EXPECT_EQ(run({"replay", "x", "--workers", "65"}).err,
            "tessera replay: --workers: expected a whole number from 0 to 64, not '65'\n");
}

TEST(CommandLine, ShowsValuesAndDefaultsInOneStyle) {
  EXPECT_TRUE(contains(run({"serve", "--help"}).out, "--http HOST:PORT"));
  EXPECT_TRUE(contains(run({"serve", "--help"}).out, " [127.0.0.1:8080]\n"));
  EXPECT_TRUE(contains(run({"bots", "--help"}).out, "--count NUMBER "));
  EXPECT_TRUE(contains(run({"bots", "--help"}).out, "How many [1]\n"));
  EXPECT_TRUE(contains(run({"replay", "--help"}).out, "--workers NUMBER "));
  const std::vector<std::vector<std::string>> commands{{"serve"},
                                                       {"bots"},
                                                       {"replay"},
                                                       {"content", "check"},
                                                       {"content", "zone"},
                                                       {"content", "terrain"},
                                                       {"admin"},
                                                       {"admin", "kick"},
                                                       {"admin", "ban"},
                                                       {"admin", "mute"},
                                                       {"admin", "shutdown"}};
  for (std::vector<std::string> command : commands) {
    command.emplace_back("--help");
    const std::string help = run(command).out;
    for (const char* other : {"INT ", "INT=", "FLOAT", "REQUIRED", " in [", "URL=", "NAME="}) {
      EXPECT_FALSE(contains(help, other)) << other << " in " << help;
    }
  }
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
  EXPECT_TRUE(contains(ran.err, "udp.public (--udp-public)")) << ran.err;
}

TEST(ContentCommand, ChecksAndMakesContent) {
  platform::TempDirectory folder;
  EXPECT_EQ(run({"content", "check"}).code, kExitDone);
  EXPECT_EQ(run({"content", "check", folder.file("none")}).code, kExitFailed);
  EXPECT_EQ(run({"content", "terrain", folder.file("h.png"), "--samples", "65"}).code, kExitDone);
  EXPECT_EQ(run({"content", "terrain", folder.file("no/such/h.png")}).code, kExitFailed);
  EXPECT_EQ(run({"content", "zone", folder.file("mine"), "--seed", "3"}).code, kExitDone);
  const Ran made = run({"content", "check", folder.file("mine")});
  EXPECT_EQ(made.code, kExitDone) << made.err;
}

}  // namespace
}  // namespace tessera::server
