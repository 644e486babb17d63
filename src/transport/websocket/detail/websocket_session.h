// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One WebSocket session after its HTTP upgrade: binary messages in, a bounded queue of binary
// messages out, pings when it is silent. Ends by close() (what is queued goes first), by the peer,
// by an error, or when the peer does not follow the protocol; on_closed() is called once.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <deque>
#include <vector>

#include "transport/websocket/detail/web_core.h"

namespace tessera::websocket::detail {

template <class Stream>
class WebSocketSession : public Connection,
                         public Socket,
                         public std::enable_shared_from_this<WebSocketSession<Stream>> {
  using Error = boost::system::error_code;
  using CloseCode = beast::websocket::close_code;

 public:
  WebSocketSession(WebCore& core, Stream stream, Seat seat, SocketId id)
      : core_(core), stream_(std::move(stream)), seat_(std::move(seat)), id_(id) {}
  ~WebSocketSession() override {
    core_.connections.erase(id_);
    if (core_.open_sockets.erase(id_) > 0) core_.sockets->on_closed(id_, false);
  }

  void start(http::request<http::string_body> request) {
    core_.connections.emplace(id_, this->weak_from_this());
    core_.open_sockets.emplace(id_, this->weak_from_this());
    auto timeout = beast::websocket::stream_base::timeout::suggested(beast::role_type::server);
    timeout.handshake_timeout = core_.options.header_time_max;
    timeout.idle_timeout = std::chrono::seconds(20);
    stream_.set_option(timeout);
    stream_.set_option(
        beast::websocket::stream_base::decorator([](beast::websocket::response_type& response) {
          response.set(http::field::server, "tessera");
        }));
    stream_.read_message_max(core_.options.socket_message_bytes_max);
    stream_.auto_fragment(false);
    stream_.binary(true);
    request_ = std::move(request);
    stream_.async_accept(request_, [self = this->shared_from_this()](Error error) {
      if (error) return self->gone();
      self->request_ = {};
      self->accepted_ = true;
      self->core_.counters.sockets_opened.fetch_add(1, std::memory_order_relaxed);
      if (self->closing_) return self->start_close();
      self->core_.sockets->on_open(self->id_);
      self->read();
      self->write_next();
    });
  }

  void wind_down() override { close(kCloseGoingAway, "The server is stopping."); }

  bool send(std::span<const std::byte> message) override {
    if (closing_ || queued_bytes_ + message.size() > core_.options.socket_queue_bytes_max) {
      return false;
    }
    std::vector<std::byte> bytes;
    if (!spare_.empty()) {
      bytes = std::move(spare_.back());
      spare_.pop_back();
    }
    bytes.assign(message.begin(), message.end());
    queued_bytes_ += bytes.size();
    queue_.push_back(std::move(bytes));
    write_next();
    return true;
  }

  void close(std::uint16_t code, std::string_view reason) override {
    if (closing_) return;
    closing_ = true;
    reason_ = beast::websocket::close_reason(static_cast<CloseCode>(code),
                                             beast::string_view(reason).substr(0, 120));
    if (accepted_ && !writing_) start_close();
  }

 private:
  void read() {
    stream_.async_read(buffer_, [self = this->shared_from_this()](Error error, std::size_t) {
      if (error) return self->on_read_error(error);
      if (!self->stream_.got_binary()) {
        self->core_.counters.socket_protocol_errors.fetch_add(1, std::memory_order_relaxed);
        self->close(kCloseProtocolError, "Only binary messages are understood here.");
      } else if (!self->closing_) {
        const auto data = self->buffer_.cdata();
        self->core_.sockets->on_message(self->id_,
                                        {static_cast<const std::byte*>(data.data()), data.size()});
      }
      self->buffer_.consume(self->buffer_.size());
      // While closing, reading goes on: the peer's answer to our close comes this way.
      self->read();
    });
  }

  // Beast has answered a protocol error with a close frame of its own by now.
  void on_read_error(Error error) {
    if (error != beast::websocket::error::closed && error != asio::error::operation_aborted &&
        error.category() == make_error_code(beast::websocket::error::closed).category()) {
      core_.counters.socket_protocol_errors.fetch_add(1, std::memory_order_relaxed);
    }
    gone();
  }

  void write_next() {
    if (writing_ || !accepted_ || gone_) return;
    if (queue_.empty()) {
      if (closing_) start_close();
      return;
    }
    writing_ = true;
    stream_.async_write(asio::buffer(queue_.front().data(), queue_.front().size()),
                        [self = this->shared_from_this()](Error error, std::size_t) {
                          self->writing_ = false;
                          if (error) return self->gone();
                          auto& sent = self->queue_.front();
                          self->queued_bytes_ -= sent.size();
                          if (self->spare_.size() < 8) self->spare_.push_back(std::move(sent));
                          self->queue_.pop_front();
                          self->write_next();
                        });
  }

  void start_close() {
    if (close_sent_ || gone_) return;
    close_sent_ = true;
    stream_.async_close(reason_, [self = this->shared_from_this()](Error) { self->gone(); });
  }

  void gone() {
    if (gone_) return;
    gone_ = true;
    closing_ = true;
    Error ignored;
    beast::get_lowest_layer(stream_).close(ignored);
    const bool said_goodbye = stream_.reason().code == CloseCode::normal;
    if (core_.open_sockets.erase(id_) > 0) core_.sockets->on_closed(id_, said_goodbye);
  }

  WebCore& core_;
  beast::websocket::stream<Stream> stream_;
  Seat seat_;
  SocketId id_;
  http::request<http::string_body> request_;
  beast::flat_buffer buffer_;
  std::deque<std::vector<std::byte>> queue_;
  std::vector<std::vector<std::byte>> spare_;  // buffers to use again
  std::size_t queued_bytes_ = 0;
  beast::websocket::close_reason reason_;
  bool accepted_ = false;
  bool writing_ = false;
  bool closing_ = false;
  bool close_sent_ = false;
  bool gone_ = false;
};

}  // namespace tessera::websocket::detail
