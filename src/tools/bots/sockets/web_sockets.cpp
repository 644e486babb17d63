// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A WebSocket for each bot, as a browser has one. All of them run on the fleet's thread, inside
// receive().
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <vector>

#include "tools/bots/sockets/bot_sockets.h"

namespace tessera::bots {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using BoostError = boost::system::error_code;

/// What waits for a server that does not read; a bot that plays sends some 1 kB a second.
constexpr std::size_t kQueuedMax = 64;
/// For saying goodbye at the end.
constexpr std::chrono::seconds kCloseTimeMax{2};

/// The parts of "ws://HOST:PORT/PATH?QUERY".
struct WebAddress {
  std::string host;
  std::string port;
  std::string target;
};

Result<WebAddress> parse(std::string_view url) {
  constexpr std::string_view kScheme = "ws://";
  const std::string_view rest = url.substr(std::min(url.size(), kScheme.size()));
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string_view authority = rest.substr(0, slash);
  const std::size_t colon = authority.rfind(':');
  if (!url.starts_with(kScheme) || colon == std::string_view::npos || colon == 0) {
    return failure(ErrorKind::Corrupt, "'" + std::string(url) +
                                           "' is no place for bots: expected ws://HOST:PORT/PATH "
                                           "(they speak no TLS)");
  }
  return WebAddress{std::string(authority.substr(0, colon)),
                    std::string(authority.substr(colon + 1)), std::string(rest.substr(slash))};
}

class Line : public std::enable_shared_from_this<Line> {
 public:
  using Take = std::function<void(std::span<std::byte>)>;
  Line(asio::io_context& io, Take take) : stream_(io), take_(std::move(take)) {}

  void open(const WebAddress& address, const asio::ip::tcp::resolver::results_type& endpoints) {
    stream_.binary(true);
    stream_.auto_fragment(false);
    beast::get_lowest_layer(stream_).async_connect(
        endpoints, [self = shared_from_this(), address](BoostError error, const auto&) {
          if (error) return self->end("the server does not answer: " + error.message());
          self->shake_hands(address);
        });
  }

  void send(std::span<const std::byte> message) {
    if (queue_.size() == kQueuedMax) return;
    queue_.emplace_back(message.begin(), message.end());
    write_next();
  }

  void close() {
    if (!open_) return end("it was closed");
    closing_ = true;
    if (!writing_) say_goodbye();
  }
  bool is_over() const { return ended_.has_value(); }
  const std::optional<std::string>& ended() const { return ended_; }

 private:
  void shake_hands(const WebAddress& address) {
    BoostError ignored;
    static_cast<void>(beast::get_lowest_layer(stream_).socket().set_option(
        asio::ip::tcp::no_delay(true), ignored));
    stream_.async_handshake(response_, address.host + ":" + address.port, address.target,
                            [self = shared_from_this()](BoostError error) {
                              if (error == beast::websocket::error::upgrade_declined) {
                                return self->end("the server answered " +
                                                 std::to_string(self->response_.result_int()) +
                                                 ": " + self->response_.body());
                              }
                              if (error)
                                return self->end("the handshake failed: " + error.message());
                              self->open_ = true;
                              self->read();
                              self->write_next();
                            });
  }

  void read() {
    stream_.async_read(buffer_, [self = shared_from_this()](BoostError error, std::size_t) {
      if (error) return self->end(self->words_for(error));
      const auto data = self->buffer_.data();
      self->take_({static_cast<std::byte*>(data.data()), data.size()});
      self->buffer_.consume(self->buffer_.size());
      self->read();
    });
  }

  std::string words_for(BoostError error) const {
    if (error != beast::websocket::error::closed) return "the line broke: " + error.message();
    const auto& reason = stream_.reason();
    return "the server closed it, " + std::to_string(reason.code) + ": " +
           std::string(reason.reason.data(), reason.reason.size());
  }

  void write_next() {
    if (!open_ || writing_ || ended_) return;
    if (queue_.empty()) {
      if (closing_) say_goodbye();
      return;
    }
    writing_ = true;
    stream_.async_write(asio::buffer(queue_.front().data(), queue_.front().size()),
                        [self = shared_from_this()](BoostError error, std::size_t) {
                          self->writing_ = false;
                          if (error) return self->end("the line broke: " + error.message());
                          self->queue_.pop_front();
                          self->write_next();
                        });
  }

  void say_goodbye() {
    stream_.async_close(beast::websocket::close_code::normal,
                        [self = shared_from_this()](BoostError) { self->end("it was closed"); });
  }

  void end(std::string why) {
    if (!ended_) ended_ = std::move(why);
  }

  beast::websocket::stream<beast::tcp_stream> stream_;
  Take take_;
  beast::flat_buffer buffer_;
  beast::websocket::response_type response_;
  std::deque<std::vector<std::byte>> queue_;
  bool open_ = false;
  bool writing_ = false;
  bool closing_ = false;
  std::optional<std::string> ended_;
};

class WebSockets : public BotSockets {
 public:
  explicit WebSockets(std::size_t bots) : lines_(bots) {}

  Result<void> connect(std::size_t bot, const Destination& to) override {
    auto address = parse(to.websocket);
    if (!address) return std::unexpected(address.error());
    BoostError error;
    const auto endpoints =
        asio::ip::tcp::resolver(io_).resolve(address->host, address->port, error);
    if (error) {
      return failure(ErrorKind::Unavailable, address->host + ": " + error.message());
    }
    lines_[bot] = std::make_shared<Line>(io_, [this, bot](std::span<std::byte> message) {
      ++handled_;
      (*handler_)(bot, message);
    });
    lines_[bot]->open(*address, endpoints);
    return {};
  }

  void send(std::size_t bot, std::span<const std::byte> message) override {
    lines_[bot]->send(message);
  }
  void flush() override {}

  void receive(std::int64_t timeout_us, const Handler& handler) override {
    handler_ = &handler;
    handled_ = 0;
    io_.restart();
    io_.run_one_for(std::chrono::microseconds(timeout_us));
    while (handled_ < kReceiveMax && io_.poll_one() > 0) {
    }
    handler_ = nullptr;
  }

  std::optional<std::string> ended(std::size_t bot) const override {
    return lines_[bot] ? lines_[bot]->ended() : std::nullopt;
  }
  std::size_t header_bytes() const override { return 56; }

  void close_all() override {
    const Handler ignore = [](std::size_t, std::span<std::byte>) {};
    for (const auto& line : lines_) {
      if (line) line->close();
    }
    const auto deadline = std::chrono::steady_clock::now() + kCloseTimeMax;
    const auto all_over = [&] {
      return std::ranges::all_of(lines_, [](const auto& line) { return !line || line->is_over(); });
    };
    while (!all_over() && std::chrono::steady_clock::now() < deadline) receive(10'000, ignore);
  }

 private:
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  std::vector<std::shared_ptr<Line>> lines_;  // by bot; null: not connected yet
  const Handler* handler_ = nullptr;          // during receive()
  std::size_t handled_ = 0;
};

}  // namespace

std::unique_ptr<BotSockets> open_web_sockets(std::size_t bots) {
  return std::make_unique<WebSockets>(bots);
}

}  // namespace tessera::bots
