// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "tools/bots/sockets/bot_sockets.h"
#include "tools/bots/sockets/ipv4.h"

namespace tessera::bots {
namespace {

constexpr std::size_t kBotsPerSocket = 64;
constexpr std::size_t kBatch = 64;
constexpr std::size_t kDatagramBytes = 1500;
constexpr int kBufferBytes = 4 << 20;
constexpr std::uint32_t kFirstAddress = 0x7f010001;  // 127.1.0.1

/// One datagram of a batch, with room for the address it comes from or goes to on this machine.
struct Slot {
  alignas(16) std::array<std::byte, kDatagramBytes> bytes;
  alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(in_pktinfo))> control;
  sockaddr_in peer;
  iovec vector;
};

/// kBatch messages whose parts point into their slots.
class Batch {
 public:
  Batch() : slots_(kBatch), messages_(kBatch) {
    for (std::size_t i = 0; i < kBatch; ++i) reset(i);
  }
  void reset(std::size_t i) {
    Slot& slot = slots_[i];
    slot.vector = {slot.bytes.data(), slot.bytes.size()};
    msghdr& header = messages_[i].msg_hdr;
    header = {};
    header.msg_name = &slot.peer;
    header.msg_namelen = sizeof slot.peer;
    header.msg_iov = &slot.vector;
    header.msg_iovlen = 1;
    header.msg_control = slot.control.data();
    header.msg_controllen = slot.control.size();
  }
  Slot& slot(std::size_t i) { return slots_[i]; }
  mmsghdr& message(std::size_t i) { return messages_[i]; }
  mmsghdr* messages() { return messages_.data(); }

 private:
  std::vector<Slot> slots_;
  std::vector<mmsghdr> messages_;
};

class SharedSockets : public BotSockets {
 public:
  SharedSockets(int epoll, std::size_t bots) : epoll_(epoll), servers_(bots) {}
  ~SharedSockets() override {
    for (const Socket& socket : sockets_) ::close(socket.descriptor);
    ::close(epoll_);
  }

  Result<void> open(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const int descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      if (descriptor < 0) {
        return failure(ErrorKind::ResourceExhausted,
                       std::string("no shared socket: ") + std::strerror(errno) +
                           (errno == EMFILE ? "; raise the limit of open files (ulimit -n)" : ""));
      }
      const int on = 1;
      ::setsockopt(descriptor, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
      ::setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &kBufferBytes, sizeof kBufferBytes);
      epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
      sockets_.push_back({descriptor, Batch{}, 0});
    }
    return {};
  }

  Result<void> connect(std::size_t bot, const Destination& to) override {
    const udp::Address& server = to.udp;
    if (server.family != udp::Family::V4 || server.ip[0] != 127) {
      return failure(ErrorKind::InvalidArgument,
                     "--share-sockets needs a server on this machine, not " + server.text());
    }
    servers_[bot] = ipv4_of(server);
    return {};
  }

  void send(std::size_t bot, std::span<const std::byte> datagram) override {
    Socket& socket = sockets_[bot / kBotsPerSocket];
    if (socket.queued == kBatch) flush(socket);
    const std::size_t i = socket.queued++;
    Slot& slot = socket.out.slot(i);
    socket.out.reset(i);
    std::memcpy(slot.bytes.data(), datagram.data(), datagram.size());
    slot.vector.iov_len = datagram.size();
    slot.peer = servers_[bot];
    msghdr& header = socket.out.message(i).msg_hdr;
    cmsghdr* control = CMSG_FIRSTHDR(&header);
    control->cmsg_level = IPPROTO_IP;
    control->cmsg_type = IP_PKTINFO;
    control->cmsg_len = CMSG_LEN(sizeof(in_pktinfo));
    in_pktinfo source{};
    source.ipi_spec_dst.s_addr = htonl(kFirstAddress + static_cast<std::uint32_t>(bot));
    std::memcpy(CMSG_DATA(control), &source, sizeof source);
  }

  void flush() override {
    for (Socket& socket : sockets_) flush(socket);
  }

  void receive(std::int64_t timeout_us, const Handler& handler) override {
    const timespec timeout{.tv_sec = timeout_us / 1'000'000,
                           .tv_nsec = timeout_us % 1'000'000 * 1000};
    std::array<epoll_event, 64> events;
    const int ready =
        ::epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()), &timeout, nullptr);
    for (int i = 0; i < ready; ++i) {
      const auto index = static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64);
      read(sockets_[index].descriptor, handler);
    }
  }

 private:
  struct Socket {
    int descriptor;
    Batch out;
    std::size_t queued;
  };

  static void flush(Socket& socket) {
    if (socket.queued == 0) return;
    ::sendmmsg(socket.descriptor, socket.out.messages(), static_cast<unsigned>(socket.queued), 0);
    socket.queued = 0;
  }

  void read(int descriptor, const Handler& handler) {
    for (std::size_t i = 0; i < kBatch; ++i) in_.reset(i);
    const int count = ::recvmmsg(descriptor, in_.messages(), kBatch, MSG_DONTWAIT, nullptr);
    for (std::size_t i = 0; count > 0 && i < static_cast<std::size_t>(count); ++i) {
      msghdr& header = in_.message(i).msg_hdr;
      const cmsghdr* control = CMSG_FIRSTHDR(&header);
      if (control == nullptr || control->cmsg_type != IP_PKTINFO) continue;
      in_pktinfo info;
      std::memcpy(&info, CMSG_DATA(control), sizeof info);
      const std::size_t bot = ntohl(info.ipi_addr.s_addr) - kFirstAddress;
      if (bot >= servers_.size()) continue;
      handler(bot, std::span(in_.slot(i).bytes).first(in_.message(i).msg_len));
    }
  }

  int epoll_;
  std::vector<sockaddr_in> servers_;
  std::vector<Socket> sockets_;
  Batch in_;
};

}  // namespace

Result<std::unique_ptr<BotSockets>> open_shared_sockets(std::size_t bots) {
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) {
    return failure(ErrorKind::ResourceExhausted, std::string("epoll: ") + std::strerror(errno));
  }
  auto sockets = std::make_unique<SharedSockets>(epoll, bots);
  if (auto opened = sockets->open((bots + kBotsPerSocket - 1) / kBotsPerSocket); !opened) {
    return std::unexpected(opened.error());
  }
  return sockets;
}

}  // namespace tessera::bots
