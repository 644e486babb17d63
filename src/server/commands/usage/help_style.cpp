// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <CLI/CLI.hpp>
#include <memory>

#include "server/commands/usage/usage.h"

namespace tessera::server {
namespace {

class HelpStyle : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override {
    return option->get_type_size() == 0 ? "" : " " + option->get_type_name();
  }
  std::string make_option_desc(const CLI::Option* option) const override {
    std::string text = option->get_description();
    if (!option->get_default_str().empty()) text += " [" + option->get_default_str() + "]";
    if (option->get_required()) text += " (required)";
    return text;
  }
};

}  // namespace

void set_help_style(CLI::App& app) {
  const auto style = std::make_shared<HelpStyle>();
  style->label("SUBCOMMAND", "COMMAND");
  style->label("Subcommands", "Commands");
  app.formatter(style);
  app.set_help_flag("-h,--help", "Print this and end");
}

}  // namespace tessera::server
