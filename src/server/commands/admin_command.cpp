// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What operators do to a running server, through its HTTP API. Whoever can read the data folder is
// an operator: the key lies there.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "engine/platform/files.h"
#include "gateway/http/admin_token.h"
#include "gateway/http/ports.h"
#include "server/commands/commands.h"
#include "server/commands/usage/usage.h"
#include "tools/bots/enrolment/http_client.h"

namespace tessera::server {
namespace {

struct AdminFlags {
  std::string server = "http://127.0.0.1:8080";
  std::string data = "data";
  std::string account;
  std::string text;
  std::string reason;
  std::optional<std::int64_t> seconds;
};

int failed(const std::string& message) {
  std::fprintf(stderr, "tessera admin: %s\n", message.c_str());
  return kExitFailed;
}

Result<std::string> read_token(const std::string& data) {
  auto token = platform::read_text_file(data + "/" + gateway::kAdminTokenFile, 4096);
  if (!token) {
    return failure(
        token.error().kind,
        token.error().message +
            ": give the server's data folder with --data (its owner's rights are needed)");
  }
  while (!token->empty() && std::isspace(static_cast<unsigned char>(token->back())) != 0) {
    token->pop_back();
  }
  return token;
}

/// The message in an answer of the API, or the answer itself.
std::string message_in(const std::string& body) {
  boost::system::error_code error;
  const auto value = boost::json::parse(body, error);
  if (!error && value.is_object() && value.as_object().contains("error")) {
    const auto& fields = value.at("error");
    if (fields.is_object() && fields.as_object().contains("message") &&
        fields.at("message").is_string()) {
      return std::string(fields.at("message").as_string());
    }
  }
  return body;
}

/// An order: its command line, what it asks of the server and what an operator reads when it is
/// done. `answer` is the server's.
struct Order {
  std::string name;
  std::string help;
  std::string example;
  boost::json::object (*body)(const AdminFlags& flags);
  std::string (*done)(const AdminFlags& flags, const boost::json::object& answer);
};

int call(const AdminFlags& flags, const Order& order) {
  const auto token = read_token(flags.data);
  if (!token) return failed(token.error().message);
  auto client = bots::HttpClient::to(flags.server);
  if (!client) return failed(client.error().message);
  const auto answer = client->post("/api/v1/admin/" + order.name,
                                   boost::json::serialize(order.body(flags)), *token);
  if (!answer) return failed(answer.error().message);
  if (answer->status != 200) return failed(message_in(answer->body));
  boost::system::error_code error;
  const auto value = boost::json::parse(answer->body, error);
  const bool object = !error && value.is_object();
  std::puts(order.done(flags, object ? value.get_object() : boost::json::object{}).c_str());
  return kExitDone;
}

boost::json::object about_account(const AdminFlags& flags) {
  boost::json::object body{{"account", flags.account}};
  if (!flags.reason.empty()) body["reason"] = flags.reason;
  if (flags.seconds) body["seconds"] = *flags.seconds;
  return body;
}

boost::json::object about_shutdown(const AdminFlags& flags) {
  boost::json::object body{{"in_s", flags.seconds.value_or(0)}};
  if (!flags.reason.empty()) body["reason"] = flags.reason;
  return body;
}

/// "1 session closed", as far as the server says.
std::string sessions_closed(const boost::json::object& answer) {
  const boost::json::value* const count = answer.if_contains("sessions_closed");
  if (count == nullptr || !count->is_int64()) return "sessions closed";
  return fmt::format("{} session{} closed", count->get_int64(), count->get_int64() == 1 ? "" : "s");
}

std::string kicked(const AdminFlags& flags, const boost::json::object& answer) {
  return flags.account + ": " + sessions_closed(answer);
}

std::string banned(const AdminFlags& flags, const boost::json::object& answer) {
  if (flags.seconds == 0) return flags.account + ": no longer banned";
  const std::string time = flags.seconds ? fmt::format("{} s", *flags.seconds) : "good";
  return fmt::format("{}: banned for {}, {}", flags.account, time, sessions_closed(answer));
}

std::string muted(const AdminFlags& flags, const boost::json::object&) {
  if (flags.seconds == 0) return flags.account + ": no longer muted";
  return fmt::format("{}: muted for {} s", flags.account, flags.seconds.value_or(0));
}

std::string announced(const AdminFlags&, const boost::json::object&) {
  return "announced to all players";
}

std::string stopping(const AdminFlags& flags, const boost::json::object&) {
  const std::int64_t in_s = flags.seconds.value_or(0);
  return in_s == 0 ? "the server stops now" : fmt::format("the server stops in {} s", in_s);
}

class AdminCommands {
 public:
  AdminCommands(CLI::App& command, Action& action)
      : command_(command), action_(action), flags_(std::make_shared<AdminFlags>()) {
    command.add_option("--server", flags_->server, "The server")
        ->type_name("URL")
        ->capture_default_str();
    command.add_option("--data", flags_->data, "The server's data folder")
        ->type_name("FOLDER")
        ->capture_default_str();
  }

  CLI::App& add(const Order& order) {
    CLI::App* const command = command_.add_subcommand(order.name, order.help);
    command->fallthrough();
    command->footer("Examples:\n  tessera admin " + order.example);
    command->callback([&action = action_, flags = flags_, order] {
      action = [flags, order] { return call(*flags, order); };
    });
    return *command;
  }
  void with_account(CLI::App& order) {
    order.add_option("account", flags_->account, "Name of the account")
        ->type_name("NAME")
        ->required();
    with_reason(order, "What the player reads");
  }
  void with_reason(CLI::App& order, const std::string& help) {
    order.add_option("--reason", flags_->reason, help)->type_name("TEXT");
  }
  CLI::Option& with_seconds(CLI::App& order, const std::string& flag, std::int64_t max,
                            const std::string& help) {
    return *order.add_option(flag, flags_->seconds, help)
                ->type_name("SECONDS")
                ->check(whole_number(0, max));
  }
  AdminFlags& flags() { return *flags_; }

 private:
  CLI::App& command_;
  Action& action_;
  std::shared_ptr<AdminFlags> flags_;
};

}  // namespace

void add_admin_command(CLI::App& app, Action& action) {
  CLI::App* const command = app.add_subcommand("admin", "Orders to a running server");
  command->require_subcommand(1);
  command->footer(
      "Every order is written to the server's journal.\n"
      "Examples:\n"
      "  tessera admin kick anna --reason \"Come back politely\"\n"
      "  tessera admin announce \"Restart in ten minutes\"\n"
      "  tessera admin --server http://127.0.0.1:9080 --data /var/lib/tessera shutdown --in 600");
  AdminCommands orders(*command, action);

  orders.with_account(
      orders.add({"kick", "End all sessions of an account", "kick anna", about_account, kicked}));

  CLI::App& ban =
      orders.add({"ban", "Keep an account out, for good or for a while",
                  "ban anna --seconds 86400 --reason \"Until tomorrow\"", about_account, banned});
  orders.with_account(ban);
  orders.with_seconds(ban, "--seconds", gateway::kSanctionMax_s,
                      "How long; not given: for good; 0: lifts it");

  CLI::App& mute = orders.add(
      {"mute", "Keep an account from speaking", "mute anna --seconds 3600", about_account, muted});
  orders.with_account(mute);
  orders.with_seconds(mute, "--seconds", gateway::kSanctionMax_s, "How long; 0: lifts it")
      .required();

  orders
      .add({"announce", "Tell everyone a sentence", "announce \"Dinner is served\"",
            [](const AdminFlags& f) { return boost::json::object{{"text", f.text}}; }, announced})
      .add_option("text", orders.flags().text, "The sentence")
      ->type_name("TEXT")
      ->required();

  CLI::App& stop =
      orders.add({"shutdown", "Stop the server gracefully",
                  "shutdown --in 60 --reason \"Back in five minutes\"", about_shutdown, stopping});
  orders.with_seconds(stop, "--in", gateway::kShutdownMax_s, "From now").default_str("0");
  orders.with_reason(stop, "What the players read");
}

}  // namespace tessera::server
