// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>

#include "engine/platform/files.h"
#include "engine/platform/testing/temp_directory.h"

namespace tessera::platform {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct Settings {
  std::string listen = "127.0.0.1:8080";
  std::uint16_t port = 7777;
  std::int64_t offset = 0;
  std::uint64_t seed = 1;
  double rate = 20;
  bool encrypt = true;
  std::string format = "text";
};

class ConfigTest : public testing::Test {
 protected:
  ConfigTest() {
    schema.add({.key = "http.listen", .help = "Address of the HTTP API."}, settings.listen);
    schema.add({.key = "udp.port", .help = "Port for game clients.", .min = 1}, settings.port);
    schema.add({.key = "udp.rate_hz", .help = "Datagrams a second.", .min = 1, .max = 60},
               settings.rate);
    schema.add({.key = "udp.secure.encrypt", .help = "Off only for tests."}, settings.encrypt);
    schema.add({.key = "offset", .help = "Any number."}, settings.offset);
    schema.add({.key = "seed", .help = "Of the world."}, settings.seed);
    schema.add({.key = "log.format", .help = "Of log lines.", .choices = {"text", "json"}},
               settings.format);
  }
  std::string error_of(std::string_view yaml) {
    const auto loaded = schema.load_text(yaml, "tessera.yaml");
    return loaded ? "no error" : loaded.error().message;
  }

  Settings settings;
  ConfigSchema schema;
};

TEST_F(ConfigTest, ReadsEveryKindOfValueFromYaml) {
  const auto loaded = schema.load_text(
      "http:\n  listen: 0.0.0.0:80\nudp:\n  port: 9000\n  rate_hz: 12.5\n  secure: {encrypt: off}\n"
      "offset: -5\nseed: 12\nlog:\n  format: json\n",
      "tessera.yaml");
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(settings.listen, "0.0.0.0:80");
  EXPECT_EQ(settings.port, 9000);
  EXPECT_EQ(settings.rate, 12.5);
  EXPECT_FALSE(settings.encrypt);
  EXPECT_EQ(settings.offset, -5);
  EXPECT_EQ(settings.seed, 12u);
  EXPECT_EQ(settings.format, "json");
}

TEST_F(ConfigTest, KeepsDefaultsForWhatIsNotSaid) {
  ASSERT_TRUE(schema.load_text("", "tessera.yaml"));
  ASSERT_TRUE(schema.load_text("udp:\n", "tessera.yaml"));
  EXPECT_EQ(settings.port, 7777);
}

TEST_F(ConfigTest, NamesTheLineAndTheNearestKeyOfAnUnknownOne) {
  EXPECT_EQ(error_of("http:\n  listen: a\nudp:\n  prot: 1\n"),
            "tessera.yaml:4: unknown key 'udp.prot'; did you mean 'udp.port'?");
}

TEST_F(ConfigTest, TellsWhatThereIsWhenNothingIsNearAnUnknownKey) {
  EXPECT_EQ(error_of("something: 1"),
            "tessera.yaml:1: unknown key 'something'; there are http, log, offset, seed, udp");
  EXPECT_EQ(error_of("udp: {buffers: 1}"),
            "tessera.yaml:1: unknown key 'udp.buffers'; there are udp.port, udp.rate_hz, "
            "udp.secure");
}

TEST_F(ConfigTest, SaysWhatWasExpectedOfAWrongValue) {
  EXPECT_EQ(error_of("udp: {port: many}"),
            "tessera.yaml:1: 'udp.port' is 'many', expected a whole number from 1 to 65535");
  EXPECT_EQ(error_of("udp: {port: 65536}"),
            "tessera.yaml:1: 'udp.port' is '65536', expected a whole number from 1 to 65535");
  EXPECT_EQ(error_of("udp: {rate_hz: 0.5}"),
            "tessera.yaml:1: 'udp.rate_hz' is '0.5', expected a number from 1 to 60");
  EXPECT_EQ(error_of("udp: {rate_hz: .nan}"),
            "tessera.yaml:1: 'udp.rate_hz' is '.nan', expected a number from 1 to 60");
  EXPECT_EQ(error_of("udp: {secure: {encrypt: maybe}}"),
            "tessera.yaml:1: 'udp.secure.encrypt' is 'maybe', expected true or false");
  EXPECT_EQ(error_of("offset: x"), "tessera.yaml:1: 'offset' is 'x', expected a whole number");
  EXPECT_EQ(error_of("seed: -1"),
            "tessera.yaml:1: 'seed' is '-1', expected a whole number of at least 0");
  EXPECT_EQ(error_of("log: {format: xml}"),
            "tessera.yaml:1: 'log.format' is 'xml', expected one of text, json");
}

TEST_F(ConfigTest, RefusesWrongShapes) {
  EXPECT_THAT(error_of("udp: 5"), HasSubstr("'udp' is a section, expected keys below it"));
  EXPECT_THAT(error_of("offset: [1, 2]"), HasSubstr("'offset' needs one value"));
  EXPECT_THAT(error_of("- a\n- b"), HasSubstr("expected keys and values"));
  EXPECT_THAT(error_of("? [a]\n: b"), HasSubstr("expected a key"));
  EXPECT_THAT(error_of("offset: 1\nseed: 2\noffset: 3"),
              HasSubstr("tessera.yaml:3: 'offset' is there already, in line 1"));
  EXPECT_THAT(error_of("a: b: c:\n  - {"), HasSubstr("tessera.yaml:1: not YAML"));
}

TEST_F(ConfigTest, AppliesASourceAsAWholeOrNotAtAll) {
  const std::string message = error_of("offset: 5\nsed: 1\nudp: {port: x}");
  EXPECT_THAT(message, AllOf(HasSubstr("did you mean 'seed'?\n"), HasSubstr("'udp.port' is 'x'")));
  EXPECT_EQ(settings.offset, 0);
}

TEST_F(ConfigTest, TellsTheFirstOfVeryManyErrors) {
  std::string yaml;
  for (int i = 0; i < 30; ++i) yaml += "unknown_" + std::to_string(i) + ": 1\n";
  EXPECT_THAT(error_of(yaml), AllOf(HasSubstr("unknown_9'"), Not(HasSubstr("unknown_10")),
                                    HasSubstr("and 20 more")));
}

TEST_F(ConfigTest, TakesTheEnvironmentOverTheFileAndFlagsOverBoth) {
  ASSERT_TRUE(schema.load_text("udp: {port: 1}\nseed: 1\noffset: 1", "tessera.yaml"));
  const char* const environment[] = {"PATH=/bin", "TESSERA_UDP_PORT=2", "TESSERA_SEED=2", nullptr};
  ASSERT_TRUE(schema.load_environment(environment));
  ASSERT_TRUE(schema.set("seed", "3", "--seed"));
  EXPECT_EQ(settings.offset, 1);
  EXPECT_EQ(settings.port, 2);
  EXPECT_EQ(settings.seed, 3u);
}

TEST_F(ConfigTest, NamesTheVariableOrFlagThatIsWrong) {
  const char* const wrong[] = {"TESSERA_UDP_PRT=2", "TESSERA_SEED=x", "TESSERA_MINE=1", nullptr};
  const auto loaded = schema.load_environment(wrong, {"TESSERA_MINE"});
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().message,
            "environment: unknown variable 'TESSERA_UDP_PRT'; did you mean 'TESSERA_UDP_PORT'?\n"
            "TESSERA_SEED: 'seed' is 'x', expected a whole number of at least 0");
  EXPECT_EQ(schema.set("udp.port", "0", "--port").error().message,
            "--port: 'udp.port' is '0', expected a whole number from 1 to 65535");
  EXPECT_EQ(schema.set("udp.prt", "0", "--set").error().message,
            "--set: unknown key 'udp.prt'; did you mean 'udp.port'?");
}

TEST_F(ConfigTest, ReadsAFileAndSaysWhenThereIsNone) {
  const TempDirectory directory;
  ASSERT_TRUE(write_text_file(directory.file("c.yaml"), "sed: 1"));
  EXPECT_EQ(schema.load_file(directory.file("c.yaml")).error().message,
            directory.file("c.yaml") + ":1: unknown key 'sed'; did you mean 'seed'?");
  EXPECT_EQ(schema.load_file(directory.file("none.yaml")).error().kind, ErrorKind::NotFound);
}

TEST_F(ConfigTest, WritesAReferenceThatItReadsItself) {
  settings.listen = "[::1]:80 \"quoted\"";
  settings.port = 42;
  const std::string reference = schema.reference();
  EXPECT_THAT(reference,
              HasSubstr("udp:\n  # Port for game clients. (number of at least 1)\n  port: 42\n"));
  EXPECT_THAT(reference, HasSubstr("  secure:\n    # Off only for tests.\n    encrypt: true\n"));
  EXPECT_THAT(reference, HasSubstr("# Of log lines. (text, json)"));
  settings = Settings();
  const auto loaded = schema.load_text(reference, "reference");
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(settings.listen, "[::1]:80 \"quoted\"");
  EXPECT_EQ(settings.port, 42);
}

TEST(ConfigSchemaDeathTest, RefusesKeysThatAreTakenOrMalformed) {
  ConfigSchema schema;
  bool target = false;
  schema.add({.key = "a", .help = ""}, target);
  EXPECT_DEATH(schema.add({.key = "a", .help = ""}, target), "added twice");
  EXPECT_DEATH(schema.add({.key = "A b", .help = ""}, target), "a key is words");
}

}  // namespace
}  // namespace tessera::platform
