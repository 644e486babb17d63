// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How every command speaks to those who type it: one look of the help, one prefix of errors, and
// values that are checked at the flag, so that the error names the flag and not what is behind it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace tessera::server {

/// From now on `app` and the commands that are added to it show an option as
/// "--count NUMBER    How many [1]": what it takes, and at the end its default.
void set_help_style(CLI::App& app);

/// What was wrong with a command line that `app` refused, as one line:
/// "tessera serve: unknown flag '--htp'; did you mean '--http'?"
std::string describe_wrong_use(const CLI::App& app, const CLI::ParseError& error);

/// For CLI::Option::check: says what is wrong with a text; empty: nothing.
using ValueCheck = std::function<std::string(const std::string&)>;
/// Whole numbers from `min` to `max`, both included.
ValueCheck whole_number(std::int64_t min, std::int64_t max);
/// Numbers from `min` to `max`, both included.
ValueCheck number(double min, double max);

}  // namespace tessera::server
