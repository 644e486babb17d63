// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One HTTP/1.1 connection: read a request, hand it over, write the answer, again. Requests that a
// client pipelines wait in the buffer until it is their turn. One timer covers each step.
//
//   handshake (TLS) -> header -> body -> handler -> write -> header ...        -> WebSocket
//                         \_ error: answer, half-close, read what still comes, close
//
// The last step is there because closing with unread bytes makes the kernel reset the connection,
// and the client would never see why.
#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <optional>

#include "transport/websocket/detail/web_core.h"

namespace tessera::websocket::detail {

/// What a handler's Responder needs of a connection, whichever its stream.
class Answerable {
 public:
  virtual ~Answerable() = default;
  virtual void answer(std::uint64_t request_number, Response response) = 0;
};

template <class Stream>
class HttpConnection : public Connection,
                       public Answerable,
                       public std::enable_shared_from_this<HttpConnection<Stream>> {
  static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;
  using Error = boost::system::error_code;

 public:
  HttpConnection(WebCore& core, Stream stream, Seat seat)
      : core_(core),
        stream_(std::move(stream)),
        seat_(std::move(seat)),
        timer_(core.context),
        buffer_(core.options.header_bytes_max + core.options.body_bytes_max),
        id_(core.next_id++) {}
  ~HttpConnection() override { core_.connections.erase(id_); }

  void start() {
    core_.connections.emplace(id_, this->weak_from_this());
    if constexpr (kTls) {
      step_ = Step::Handshake;
      limit_time(core_.options.header_time_max);
      stream_.async_handshake(asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](Error error) {
                                if (error) return self->cut();
                                self->read_header(self->core_.options.header_time_max);
                              });
    } else {
      read_header(core_.options.header_time_max);
    }
  }

  void wind_down() override {
    if (step_ == Step::Header && buffer_.size() == 0) cut();
  }

  void answer(std::uint64_t request_number, Response response) override {
    if (step_ != Step::Handler || request_number != request_number_) return;
    write(std::move(response));
  }

 private:
  enum class Step : std::uint8_t { Handshake, Header, Body, Handler, Write, Closing };

  void read_header(std::chrono::milliseconds time_max) {
    step_ = Step::Header;
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(core_.options.header_bytes_max));
    parser_->body_limit(core_.options.body_bytes_max);
    limit_time(time_max);
    http::async_read_header(
        stream_, buffer_, *parser_,
        [self = this->shared_from_this()](Error error, std::size_t) { self->on_header(error); });
  }

  void on_header(Error error) {
    if (error) return on_read_error(error);
    const auto& message = parser_->get();
    keep_alive_ = message.keep_alive();
    head_ = message.method() == http::verb::head;
    if (beast::websocket::is_upgrade(message) && core_.sockets != nullptr) return upgrade();
    const auto length = parser_->content_length();
    if (length && *length > core_.options.body_bytes_max)
      return on_read_error(http::error::body_limit);
    step_ = Step::Body;
    limit_time(core_.options.body_time_max);
    http::async_read(stream_, buffer_, *parser_,
                     [self = this->shared_from_this()](Error failed, std::size_t) {
                       if (failed) return self->on_read_error(failed);
                       self->hand_over();
                     });
  }

  void on_read_error(Error error) {
    if (error == http::error::end_of_stream || step_ == Step::Closing) return cut();
    if (error == asio::error::operation_aborted && timed_out_) {
      const bool silent = step_ == Step::Header && buffer_.size() == 0 && !parser_->got_some();
      if (silent) return cut();
      return refuse(408, "timeout", "The request took too long to arrive; send it in one go.");
    }
    if (error == http::error::header_limit) {
      return refuse(431, "header_too_large",
                    "The request header is larger than " +
                        std::to_string(core_.options.header_bytes_max) + " bytes.");
    }
    if (error == http::error::body_limit) {
      return refuse(413, "body_too_large",
                    "The request body is larger than " +
                        std::to_string(core_.options.body_bytes_max) + " bytes.");
    }
    if (error.category() == http::make_error_code(http::error::bad_method).category() &&
        error != http::error::partial_message) {
      return refuse(400, "bad_request",
                    "This is not an HTTP/1.1 request: " + error.message() + ".");
    }
    cut();
  }

  void refuse(unsigned status, std::string_view code, std::string_view message) {
    core_.counters.bad_requests.fetch_add(1, std::memory_order_relaxed);
    Response response = error_response(status, code, message);
    response.close = true;
    write(std::move(response));
  }

  void hand_over() {
    step_ = Step::Handler;
    core_.counters.requests.fetch_add(1, std::memory_order_relaxed);
    limit_time(core_.options.answer_time_max);
    const std::uint64_t number = ++request_number_;
    Responder respond =
        [gate = core_.gate, number,
         weak = std::weak_ptr<Answerable>(this->shared_from_this())](Response response) {
          const std::lock_guard lock(gate->mutex);
          if (gate->context == nullptr) return;
          asio::post(*gate->context, [weak, number, response = std::move(response)]() mutable {
            if (const auto connection = weak.lock())
              connection->answer(number, std::move(response));
          });
        };
    core_.http->on_request(to_request(parser_->get(), seat_.address()), std::move(respond));
  }

  void write(Response response) {
    step_ = Step::Write;
    if (response.close || core_.stopping) keep_alive_ = false;
    auto& out = response_;
    out = {};
    out.version(11);
    out.result(response.status);
    out.set(http::field::server, "tessera");
    out.set(http::field::content_type, response.content_type);
    out.set("X-Content-Type-Options", "nosniff");
    for (const auto& [name, value] : response.headers) out.set(name, value);
    out.keep_alive(keep_alive_);
    body_ = response.shared_body != nullptr
                ? std::move(response.shared_body)
                : std::make_shared<const std::string>(std::move(response.body));
    const bool has_body = response.status != 204 && response.status != 304;
    if (has_body) out.content_length(body_->size());
    if (!head_ && has_body) out.body() = {body_->data(), body_->size()};
    limit_time(core_.options.write_time_max + time_to_carry(body_->size()));
    http::async_write(stream_, out, [self = this->shared_from_this()](Error error, std::size_t) {
      if (error) return self->cut();
      if (!self->keep_alive_) return self->half_close();
      self->read_header(self->core_.options.idle_time_max);
    });
  }

  /// What a body takes over the slowest line that we wait for: 256 kbit/s.
  static std::chrono::milliseconds time_to_carry(std::size_t bytes) {
    return std::chrono::milliseconds(bytes / 32);
  }

  void upgrade() {
    Request request = to_request(parser_->get(), seat_.address());
    std::optional<Response> refusal;
    const SocketId id = core_.next_id++;
    if (request.path != core_.options.socket_path) {
      refusal = error_response(404, "not_found",
                               "WebSocket sessions are at " + core_.options.socket_path + ".");
    } else if (!core_.origin_allowed(request.header("origin"), request.header("host"))) {
      refusal = error_response(403, "origin_not_allowed",
                               "Pages of this origin may not open sessions here; add it to the "
                               "server's allowed origins.");
    } else {
      refusal = core_.sockets->on_upgrade(request, id);
    }
    if (refusal) {
      core_.counters.sockets_refused.fetch_add(1, std::memory_order_relaxed);
      refusal->close = true;
      return write(std::move(*refusal));
    }
    timer_.cancel();
    step_ = Step::Closing;
    open_websocket(core_, std::move(stream_), std::move(seat_), id, parser_->release());
  }

  void half_close() {
    step_ = Step::Closing;
    limit_time(std::chrono::milliseconds(core_.stopping ? 50 : 1000));
    if constexpr (kTls) {
      stream_.async_shutdown([self = this->shared_from_this()](Error) { self->cut(); });
    } else {
      Error ignored;
      stream_.shutdown(tcp::socket::shutdown_send, ignored);
      drain();
    }
  }

  void drain() {
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(4096),
                            [self = this->shared_from_this()](Error error, std::size_t size) {
                              self->drained_ += size;
                              if (error || self->drained_ > kDrainBytesMax) return self->cut();
                              self->drain();
                            });
  }

  // The timer keeps the connection alive while only a service has its request.
  void limit_time(std::chrono::milliseconds time_max) {
    timed_out_ = false;
    timer_.expires_after(time_max);
    timer_.async_wait([self = this->shared_from_this()](Error error) {
      if (error || self->timer_.expiry() > asio::steady_timer::clock_type::now()) return;
      self->on_timeout();
    });
  }

  void on_timeout() {
    if (step_ != Step::Closing) core_.counters.timeouts.fetch_add(1, std::memory_order_relaxed);
    timed_out_ = true;
    if (step_ == Step::Handler) {
      Response response =
          error_response(503, "unavailable", "The service did not answer; try again.");
      return write(std::move(response));
    }
    if (step_ == Step::Header || step_ == Step::Body) {
      Error ignored;
      beast::get_lowest_layer(stream_).cancel(ignored);
      return;
    }
    cut();
  }

  void cut() {
    step_ = Step::Closing;
    timer_.cancel();
    Error ignored;
    beast::get_lowest_layer(stream_).close(ignored);
  }

  static constexpr std::size_t kDrainBytesMax = 1 << 20;

  WebCore& core_;
  Stream stream_;
  Seat seat_;
  asio::steady_timer timer_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::span_body<const char>> response_;
  std::shared_ptr<const std::string> body_;  ///< of response_
  std::uint64_t id_;
  std::uint64_t request_number_ = 0;
  std::size_t drained_ = 0;
  Step step_ = Step::Handshake;
  bool keep_alive_ = true;
  bool head_ = false;
  bool timed_out_ = false;
};

}  // namespace tessera::websocket::detail
