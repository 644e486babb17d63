// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One unary call of a generated stub: request out, answer converted, callback called. Deadline and
// idempotency key are set here and nowhere else. For the .cpp files of clients only.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/async_unary_call.h>

#include <chrono>
#include <future>
#include <memory>
#include <utility>

#include "services/common/detail/connection.h"
#include "services/common/detail/event_queue.h"
#include "services/common/detail/status.h"
#include "services/common/service_channel.h"

namespace tessera::services {

/// Sets the deadline and a fresh idempotency key.
void prepare_call(grpc::ClientContext& context, const CallOptions& options);

/// PrepareAsync<Method> of a generated stub.
template <class Stub, class Request, class Answer>
using StubMethod = std::unique_ptr<grpc::ClientAsyncResponseReader<Answer>> (Stub::*)(
    grpc::ClientContext*, const Request&, grpc::CompletionQueue*);

/// A call on its way. Deletes itself after its callback.
template <class T, class Answer, class Convert>
class PendingCall final : public QueueEvent {
 public:
  PendingCall(ServiceChannel connection, Convert convert, Callback<T> callback)
      : connection_(std::move(connection)),
        convert_(std::move(convert)),
        callback_(std::move(callback)) {}

  template <class Stub, class Request>
  void start(Stub& stub, StubMethod<Stub, Request, Answer> method, const Request& request,
             const CallOptions& options) {
    auto* const event = static_cast<QueueEvent*>(this);
    prepare_call(context_, options);
    // After Finish the answer may come, and delete this call, before we return.
    const ServiceChannel connection = connection_;
    const bool begun = connection->begin_call([&] {
      reader_ = (stub.*method)(&context_, request, &connection->queue());
      reader_->StartCall();
      reader_->Finish(&answer_, &status_, event);
    });
    if (begun) return;
    status_ = to_status({ErrorKind::Unavailable, "the service has stopped: try again later"});
    at_once_.Set(&connection->queue(), std::chrono::system_clock::now(), event);
  }

  void happened(bool) override {
    const std::unique_ptr<PendingCall> self(this);
    if (!status_.ok()) {
      callback_(std::unexpected(to_error(status_)));
    } else if constexpr (std::is_void_v<T>) {
      convert_(answer_);
      callback_(Result<void>{});
    } else {
      callback_(Result<T>(convert_(answer_)));
    }
  }

 private:
  ServiceChannel connection_;  // first, so that it goes last
  grpc::ClientContext context_;
  Answer answer_;
  grpc::Status status_;
  grpc::Alarm at_once_;
  std::unique_ptr<grpc::ClientAsyncResponseReader<Answer>> reader_;
  Convert convert_;
  Callback<T> callback_;
};

/// Starts the call. `convert` makes a T (or nothing) of the answer.
template <class T, class Stub, class Request, class Answer, class Convert>
void call_async(const ServiceChannel& connection, Stub& stub,
                StubMethod<Stub, Request, Answer> method, const Request& request,
                const CallOptions& options, Convert convert, Callback<T> callback) {
  auto* call =
      new PendingCall<T, Answer, Convert>(connection, std::move(convert), std::move(callback));
  call->start(stub, method, request, options);
}

/// Calls `start` with a callback and waits for it. Never on a thread that runs callbacks.
template <class T, class Start>
Result<T> wait_for(Start start) {
  std::promise<Result<T>> promise;
  auto answer = promise.get_future();
  start(Callback<T>([promise = std::move(promise)](Result<T> result) mutable {
    promise.set_value(std::move(result));
  }));
  return answer.get();
}

/// For answers that say nothing.
inline constexpr auto kNoAnswer = [](const auto&) {};

}  // namespace tessera::services
