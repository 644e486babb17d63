// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: a plain TCP client that can misbehave byte by byte, and just enough HTTP and WebSocket
// framing to read what comes back. Every wait ends after 20 s, as a failure of the test.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tessera::websocket {

class TcpClient {
 public:
  explicit TcpClient(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) close_now();
  }
  TcpClient(TcpClient&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), in_(std::move(other.in_)) {}
  TcpClient& operator=(TcpClient&&) = delete;
  ~TcpClient() { close_now(); }

  bool connected() const { return fd_ >= 0; }
  int descriptor() const { return fd_; }
  void close_now() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }
  /// False when the server has closed.
  bool send_all(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  /// False at the end of the stream, or after 20 s.
  bool receive_some() {
    pollfd waiting{fd_, POLLIN, 0};
    if (fd_ < 0 || poll(&waiting, 1, 20'000) != 1) return false;
    char buffer[16'384];
    const ssize_t got = recv(fd_, buffer, sizeof buffer, 0);
    if (got <= 0) return false;
    in_.append(buffer, static_cast<std::size_t>(got));
    return true;
  }
  /// All there is until the server closes.
  std::string receive_rest() {
    while (receive_some()) {
    }
    return std::exchange(in_, {});
  }
  std::optional<std::string> receive_exactly(std::size_t size) {
    while (in_.size() < size) {
      if (!receive_some()) return std::nullopt;
    }
    std::string out = in_.substr(0, size);
    in_.erase(0, size);
    return out;
  }

  struct HttpAnswer {
    int status = 0;
    std::string header;
    std::string body;
  };
  /// The next response; status 0 when the server closed first.
  HttpAnswer receive_http() {
    std::size_t end = 0;
    while ((end = in_.find("\r\n\r\n")) == std::string::npos) {
      if (!receive_some()) return {};
    }
    HttpAnswer answer;
    answer.header = *receive_exactly(end + 4);
    answer.status = static_cast<int>(
        std::strtol(answer.header.c_str() + std::string_view("HTTP/1.1 ").size(), nullptr, 10));
    if (const auto at = answer.header.find("Content-Length: "); at != std::string::npos) {
      const auto size = std::strtoul(answer.header.c_str() + at + 16, nullptr, 10);
      answer.body = receive_exactly(size).value_or("");
    }
    return answer;
  }
  HttpAnswer get(std::string_view target) {
    send_all("GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return receive_http();
  }

  /// Upgrades to a WebSocket; 101 on success.
  HttpAnswer upgrade(std::string_view target, std::string_view more_headers = "") {
    send_all("GET " + std::string(target) +
             " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
             std::string(more_headers) + "\r\n");
    return receive_http();
  }
  /// A frame as a client sends it (RFC 6455, 5.2). `opcode` 2 is binary, 1 text, 8 close.
  static std::string frame(unsigned opcode, std::string_view payload, bool masked = true) {
    std::string out(1, static_cast<char>(0x80u | opcode));
    const auto mask_bit = masked ? 0x80u : 0u;
    if (payload.size() < 126) {
      out += static_cast<char>(mask_bit | payload.size());
    } else {
      out += static_cast<char>(mask_bit | 126u);
      out += static_cast<char>(payload.size() >> 8);
      out += static_cast<char>(payload.size() & 0xff);
    }
    if (!masked) return out + std::string(payload);
    constexpr std::string_view kMask = "\x37\xfa\x21\x3d";
    out += kMask;
    for (std::size_t i = 0; i < payload.size(); ++i) {
      out += static_cast<char>(payload[i] ^ kMask[i % 4]);
    }
    return out;
  }
  struct Frame {
    unsigned opcode = 0;
    std::string payload;
    /// Of a close frame; 0 without.
    unsigned close_code() const {
      if (opcode != 8 || payload.size() < 2) return 0;
      return static_cast<unsigned>(static_cast<unsigned char>(payload[0])) << 8 |
             static_cast<unsigned char>(payload[1]);
    }
  };
  /// The next frame of the server; nothing when it closed.
  std::optional<Frame> receive_frame() {
    const auto head = receive_exactly(2);
    if (!head) return std::nullopt;
    Frame out{static_cast<unsigned>((*head)[0]) & 0x0fu, {}};
    std::size_t size = static_cast<unsigned char>((*head)[1]) & 0x7fu;
    if (size == 126) {
      const auto longer = receive_exactly(2);
      if (!longer) return std::nullopt;
      size = static_cast<std::size_t>(static_cast<unsigned char>((*longer)[0])) << 8 |
             static_cast<unsigned char>((*longer)[1]);
    }
    auto payload = receive_exactly(size);
    if (!payload) return std::nullopt;
    out.payload = std::move(*payload);
    return out;
  }

 private:
  int fd_;
  std::string in_;
};

}  // namespace tessera::websocket
