// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/commands/usage/usage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

namespace tessera::server {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A program with a command "dig", and a command "garden" that has the commands "plant" and "mow".
class UsageTest : public testing::Test {
 protected:
  UsageTest() {
    set_help_style(app);
    app.require_subcommand(1);
    CLI::App* const dig = app.add_subcommand("dig", "Make a hole");
    dig->add_option("--depth", depth, "How deep")
        ->type_name("NUMBER")
        ->check(whole_number(1, 9))
        ->capture_default_str();
    dig->add_option("--with", tool, "The tool")->type_name("NAME")->required();
    CLI::App* const garden = app.add_subcommand("garden", "Work in the garden");
    garden->require_subcommand(1);
    garden->add_option("--owner", tool, "Whose");
    garden->add_subcommand("plant", "Plant a tree")->fallthrough();
    garden->add_subcommand("mow", "Mow the lawn")->add_option("lawn", tool, "Which");
  }
  std::string refusal_of(const std::string& arguments) {
    try {
      app.parse(arguments);
    } catch (const CLI::ParseError& error) {
      return describe_wrong_use(app, error);
    }
    return "accepted";
  }

  CLI::App app{"Works", "works"};
  int depth = 3;
  std::string tool;
};

TEST_F(UsageTest, NamesTheCommandThatWasMeant) {
  EXPECT_EQ(refusal_of("gardn"), "works: unknown command 'gardn'; did you mean 'garden'?");
  EXPECT_EQ(refusal_of("gardn --depth 4 x"),
            "works: unknown command 'gardn'; did you mean 'garden'?");
  EXPECT_EQ(refusal_of("garden plnt"),
            "works garden: unknown command 'plnt'; did you mean 'plant'?");
}

TEST_F(UsageTest, ListsTheCommandsWhenNoneIsNearOrNoneWasGiven) {
  EXPECT_EQ(refusal_of("swim"), "works: unknown command 'swim'; there are dig, garden");
  EXPECT_EQ(refusal_of(""), "works: expected a command: dig, garden");
  EXPECT_EQ(refusal_of("garden"), "works garden: expected a command: plant, mow");
}

TEST_F(UsageTest, NamesTheFlagThatWasMeant) {
  const std::string meant = "works dig: unknown flag '--dept'; did you mean '--depth'?";
  EXPECT_EQ(refusal_of("dig --with spade --dept 4"), meant);
  EXPECT_EQ(refusal_of("dig --dept=4"), meant) << "said before that --with is missing";
  EXPECT_EQ(refusal_of("garden plant --ownr me"),
            "works garden plant: unknown flag '--ownr'; did you mean '--owner'?");
  EXPECT_EQ(refusal_of("--depth 4 dig"),
            "works dig: the flag '--depth' belongs behind 'works dig'");
  EXPECT_EQ(refusal_of("dig --with spade --sideways"),
            "works dig: unknown flag '--sideways'; works dig --help lists those there are");
}

TEST_F(UsageTest, RefusesWhatACommandDoesNotTake) {
  EXPECT_EQ(refusal_of("garden mow front back"),
            "works garden mow: unexpected argument 'back'; works garden mow --help shows what it "
            "takes");
}

TEST_F(UsageTest, PutsTheCommandBeforeWhatTheParserSays) {
  EXPECT_EQ(refusal_of("dig"), "works dig: --with is required");
  EXPECT_THAT(refusal_of("dig --with"), HasSubstr("works dig: --with: "));
}

TEST_F(UsageTest, ChecksValuesAtTheFlag) {
  EXPECT_EQ(refusal_of("dig --with spade --depth 9"), "accepted");
  EXPECT_EQ(refusal_of("dig --with spade --depth -1"),
            "works dig: --depth: expected a whole number from 1 to 9, not '-1'");
}

TEST_F(UsageTest, ShowsWhatAnOptionTakesAndItsDefaultAtTheEnd) {
  const std::string help = app.get_subcommand("dig")->help();
  EXPECT_THAT(help, HasSubstr("--depth NUMBER "));
  EXPECT_THAT(help, HasSubstr("How deep [3]\n"));
  EXPECT_THAT(help, HasSubstr("The tool (required)\n"));
  EXPECT_THAT(help, Not(HasSubstr("=3")));
  EXPECT_THAT(app.help(), HasSubstr("Usage: works [OPTIONS] COMMAND\n"));
}

TEST(ValueChecks, TakeWholeNumbersUpToTheirLimits) {
  const auto check = whole_number(0, 64);
  for (const char* right : {"0", "64", "7"}) EXPECT_EQ(check(right), "") << right;
  for (const char* wrong : {"-1", "65", "", "x", "1x", "1.5", " 1", "99999999999999999999"}) {
    EXPECT_EQ(check(wrong),
              "expected a whole number from 0 to 64, not '" + std::string(wrong) + "'");
  }
}

TEST(ValueChecks, TakeNumbersUpToTheirLimits) {
  const auto check = number(0, 10);
  for (const char* right : {"0", "10", "0.5", "1e1"}) EXPECT_EQ(check(right), "") << right;
  for (const char* wrong : {"-1", "10.1", "nan", "inf", "", "5s"}) {
    EXPECT_EQ(check(wrong), "expected a number from 0 to 10, not '" + std::string(wrong) + "'");
  }
}

}  // namespace
}  // namespace tessera::server
