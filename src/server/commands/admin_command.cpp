// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What operators do to a running server, through its HTTP API. Whoever can read the data folder is
// an operator: the key lies there.
#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "engine/platform/files.h"
#include "gateway/http/admin_token.h"
#include "server/commands/commands.h"
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

int call(const AdminFlags& flags, const std::string& order, const boost::json::object& body) {
  const auto token = read_token(flags.data);
  if (!token) return failed(token.error().message);
  auto client = bots::HttpClient::to(flags.server);
  if (!client) return failed(client.error().message);
  const auto answer = client->post("/api/v1/admin/" + order, boost::json::serialize(body), *token);
  if (!answer) return failed(answer.error().message);
  if (answer->status != 200) return failed(message_in(answer->body));
  std::puts(answer->body.c_str());
  return kExitDone;
}

boost::json::object about_account(const AdminFlags& flags) {
  boost::json::object body{{"account", flags.account}};
  if (!flags.reason.empty()) body["reason"] = flags.reason;
  if (flags.seconds) body["seconds"] = *flags.seconds;
  return body;
}

class AdminCommands {
 public:
  AdminCommands(CLI::App& command, Action& action)
      : command_(command), action_(action), flags_(std::make_shared<AdminFlags>()) {
    command.add_option("--server", flags_->server, "URL of the server [http://127.0.0.1:8080]");
    command.add_option("--data", flags_->data, "The server's data folder [./data]");
  }

  CLI::App& add(const std::string& name, const std::string& help, const std::string& example,
                boost::json::object (*body)(const AdminFlags&)) {
    CLI::App* const order = command_.add_subcommand(name, help);
    order->fallthrough();
    order->footer("Examples:\n  tessera admin " + example);
    order->callback([&action = action_, flags = flags_, name, body] {
      action = [flags, name, body] { return call(*flags, name, body(*flags)); };
    });
    return *order;
  }
  void with_account(CLI::App& order) {
    order.add_option("account", flags_->account, "Name of the account")->required();
    order.add_option("--reason", flags_->reason, "What the player reads");
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
  AdminFlags& flags = orders.flags();

  orders.with_account(orders.add("kick", "End all sessions of an account", "kick anna",
                                 [](const AdminFlags& f) { return about_account(f); }));

  CLI::App& ban = orders.add("ban", "Keep an account out, for good or for a while",
                             "ban anna --seconds 86400 --reason \"Until tomorrow\"",
                             [](const AdminFlags& f) { return about_account(f); });
  orders.with_account(ban);
  ban.add_option("--seconds", flags.seconds, "How long; not given: for good; 0: lifts it");

  CLI::App& mute = orders.add("mute", "Keep an account from speaking", "mute anna --seconds 3600",
                              [](const AdminFlags& f) { return about_account(f); });
  orders.with_account(mute);
  mute.add_option("--seconds", flags.seconds, "How long; 0: lifts it")->required();

  orders
      .add("announce", "Tell everyone a sentence", "announce \"Dinner is served\"",
           [](const AdminFlags& f) { return boost::json::object{{"text", f.text}}; })
      .add_option("text", flags.text, "The sentence")
      ->required();

  CLI::App& stop =
      orders.add("shutdown", "Stop the server gracefully",
                 "shutdown --in 60 --reason \"Back in five minutes\"", [](const AdminFlags& f) {
                   boost::json::object body{{"in_s", f.seconds.value_or(0)}};
                   if (!f.reason.empty()) body["reason"] = f.reason;
                   return body;
                 });
  stop.add_option("--in", flags.seconds, "Seconds from now [0]");
  stop.add_option("--reason", flags.reason, "What the players read");
}

}  // namespace tessera::server
