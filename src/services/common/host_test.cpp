// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What all services share, seen through a service that only says back what it is told.
#include "services/common/host.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <latch>

#include "engine/platform/testing/temp_directory.h"
#include "services/common/client_call.h"
#include "services/common/served_method.h"
#include "services/common/testing/echo.grpc.pb.h"

namespace tessera::services {
namespace {

using testing::Echo;
using ::testing::HasSubstr;
using testing::SayAnswer;
using testing::SayRequest;

class EchoFace final : public Face {
 public:
  explicit EchoFace(Host& host) : say_(host, "echo", "Say", {.once = true}) {}
  grpc::Service& service() override { return service_; }
  void start(const FaceQueue& queue) override {
    serve(service_, &Echo::AsyncService::RequestSay, queue, say_,
          [this](const SayRequest& in, SayAnswer& out) -> Result<void> {
            out.set_times_called(++times_called_);
            if (in.text() == "nothing") return failure(ErrorKind::NotFound, "nothing to say");
            out.set_text(in.text());
            return {};
          });
  }

 private:
  Echo::AsyncService service_;
  Method say_;
  std::atomic<int> times_called_ = 0;
};

Result<SayAnswer> say(const ServiceChannel& channel, const std::string& text,
                      CallOptions options = {std::chrono::seconds(60)}) {
  const auto stub = Echo::NewStub(channel->channel());
  SayRequest request;
  request.set_text(text);
  return wait_for<SayAnswer>([&](Callback<SayAnswer> callback) {
    call_async<SayAnswer>(
        channel, *stub, &Echo::Stub::PrepareAsyncSay, request, options,
        [](const SayAnswer& answer) { return answer; }, std::move(callback));
  });
}

grpc::Status say_with_key(const ServiceChannel& channel, const std::string& key,
                          const std::string& text, SayAnswer& answer) {
  const auto stub = Echo::NewStub(channel->channel());
  grpc::ClientContext context;
  if (!key.empty()) context.AddMetadata(kIdempotencyKeyName, key);
  SayRequest request;
  request.set_text(text);
  return stub->Say(&context, request, &answer);
}

std::unique_ptr<Host> start_host(HostOptions options = {}) {
  auto host = std::make_unique<Host>(std::move(options));
  host->add(std::make_unique<EchoFace>(*host));
  const auto started = host->start();
  EXPECT_TRUE(started) << started.error().message;
  return host;
}

TEST(Host, AnswersInTheSameProcess) {
  const auto host = start_host();
  const auto answer = say(host->channel(), "hello");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->text(), "hello");
}

TEST(Host, AnswersOverTheNetworkTheSame) {
  const auto host = start_host({.listen = {.address = "127.0.0.1:0"}});
  const auto channel = connect({.address = "127.0.0.1:" + std::to_string(host->port())});
  ASSERT_TRUE(channel) << channel.error().message;
  EXPECT_EQ(say(*channel, "hello")->text(), "hello");
  const auto refused = say(*channel, "nothing");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::NotFound);
  EXPECT_EQ(refused.error().message, "nothing to say");
}

TEST(Host, RefusesAnAddressThatIsInUse) {
  const auto host = start_host({.listen = {.address = "127.0.0.1:0"}});
  Host second({.listen = {.address = "127.0.0.1:" + std::to_string(host->port())}});
  const auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().kind, ErrorKind::Unavailable);
  EXPECT_THAT(started.error().message, HasSubstr(std::to_string(host->port())));
}

TEST(Host, SendsNothingInTheClearToAnotherMachine) {
  Host host({.listen = {.address = "0.0.0.0:0"}});
  const auto started = host.start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().message, HasSubstr("mutual TLS"));
  const auto channel = connect({.address = "services.example:443"});
  ASSERT_FALSE(channel);
  EXPECT_EQ(channel.error().kind, ErrorKind::InvalidArgument);
}

TEST(Host, NamesAKeyFileThatIsMissing) {
  const auto channel = connect({.address = "127.0.0.1:1",
                                .authority_file = "/nowhere/ca.pem",
                                .certificate_file = "/nowhere/cert.pem",
                                .key_file = "/nowhere/key.pem"});
  ASSERT_FALSE(channel);
  EXPECT_THAT(channel.error().message, HasSubstr("/nowhere/ca.pem"));
}

TEST(Host, SpeaksMutualTlsAndRefusesStrangers) {
  const platform::TempDirectory folder;
  const std::string certificate = folder.file("cert.pem");
  const std::string key = folder.file("key.pem");
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
      "-days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost "
      "-keyout '" +
      key + "' -out '" + certificate + "' 2>/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  const ConnectOptions tls{"localhost:0", certificate, certificate, key};
  const auto host = start_host({.listen = tls});
  const std::string address = "localhost:" + std::to_string(host->port());
  EXPECT_EQ(say(connect({address, certificate, certificate, key}).value(), "hello")->text(),
            "hello");
  const CallOptions hasty{std::chrono::milliseconds(300)};
  EXPECT_FALSE(say(connect({.address = address}).value(), "hello", hasty));
}

TEST(Host, DoesACallOnceHoweverOftenItIsSent) {
  const auto host = start_host();
  const auto channel = host->channel();
  SayAnswer first;
  SayAnswer again;
  EXPECT_TRUE(say_with_key(channel, "key", "hello", first).ok());
  EXPECT_TRUE(say_with_key(channel, "key", "hello", again).ok());
  EXPECT_EQ(first.times_called(), 1);
  EXPECT_EQ(again.times_called(), 1);
  EXPECT_EQ(again.text(), "hello");
  SayAnswer other;
  EXPECT_EQ(say_with_key(channel, "key", "good-bye", other).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_TRUE(say_with_key(channel, "another key", "hello", other).ok());
  EXPECT_EQ(other.times_called(), 2);
  EXPECT_TRUE(say_with_key(channel, "", "hello", other).ok());
  EXPECT_EQ(other.times_called(), 3);
}

TEST(Host, DoesACallThatFailedAgain) {
  const auto host = start_host();
  const auto channel = host->channel();
  SayAnswer answer;
  EXPECT_EQ(say_with_key(channel, "key", "nothing", answer).error_code(),
            grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(say_with_key(channel, "key", "nothing", answer).error_code(),
            grpc::StatusCode::NOT_FOUND);
  EXPECT_TRUE(say_with_key(channel, "other", "hello", answer).ok());
  EXPECT_EQ(answer.times_called(), 3);
}

TEST(Host, RefusesWhenItsQueueIsFullAndEndsCallsWhenItStops) {
  const auto host =
      start_host({.pool = {.name = "services", .threads = 1, .queue_max = 1, .nice = 0}});
  const auto channel = host->channel();
  std::latch running(1);
  std::latch go_on(1);
  ASSERT_TRUE(host->pool().try_run([&] {
    running.count_down();
    go_on.wait();
  }));
  running.wait();
  ASSERT_TRUE(host->pool().try_run([] {}));
  const auto refused = say(channel, "hello");
  EXPECT_EQ(refused.error().kind, ErrorKind::ResourceExhausted);
  go_on.count_down();
  host->stop();
  host->stop();
  const auto gone = say(channel, "hello");
  EXPECT_EQ(gone.error().kind, ErrorKind::Unavailable);
  EXPECT_THAT(gone.error().message, HasSubstr("has stopped"));
}

TEST(Host, LetsTheLastCallDropTheConnection) {
  const auto host = start_host();
  std::latch done(1);
  {
    const auto channel = host->channel();
    const auto stub = Echo::NewStub(channel->channel());
    call_async<SayAnswer>(
        channel, *stub, &Echo::Stub::PrepareAsyncSay, SayRequest{}, CallOptions{},
        [](const SayAnswer& answer) { return answer; },
        [&](Result<SayAnswer>) { done.count_down(); });
  }
  done.wait();
}

TEST(Host, TellsItsHealthInTheStandardWay) {
  const auto host = start_host();
  // grpc.health.v1: an empty request asks for all; {1: 1} is SERVING.
  grpc::GenericStub stub(host->channel()->channel());
  const grpc::Slice nothing;
  grpc::CompletionQueue queue;
  grpc::ClientContext context;
  const auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check",
                                          grpc::ByteBuffer(&nothing, 1), &queue);
  call->StartCall();
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->Finish(&answer, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  ASSERT_TRUE(queue.Next(&tag, &ok));
  ASSERT_TRUE(status.ok()) << status.error_message();
  grpc::Slice slice;
  ASSERT_TRUE(answer.DumpToSingleSlice(&slice).ok());
  EXPECT_EQ(std::string(slice.begin(), slice.end()), "\x08\x01");
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
}

TEST(Status, KeepsTheKindAcrossACall) {
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::Internal); ++kind) {
    const Error error{static_cast<ErrorKind>(kind), "why"};
    const Error back = to_error(to_status(error));
    EXPECT_EQ(back.kind, error.kind);
    EXPECT_EQ(back.message, "why");
  }
}

TEST(Status, TellsWhatGrpcSaysByItself) {
  EXPECT_EQ(to_error({grpc::StatusCode::DEADLINE_EXCEEDED, ""}).kind, ErrorKind::Unavailable);
  EXPECT_EQ(to_error({grpc::StatusCode::CANCELLED, ""}).kind, ErrorKind::Unavailable);
  EXPECT_EQ(to_error({grpc::StatusCode::ABORTED, ""}).kind, ErrorKind::Unavailable);
  EXPECT_EQ(to_error({grpc::StatusCode::UNIMPLEMENTED, ""}).kind, ErrorKind::Internal);
  EXPECT_EQ(to_status({static_cast<ErrorKind>(200), ""}).error_code(), grpc::StatusCode::INTERNAL);
}

}  // namespace
}  // namespace tessera::services
