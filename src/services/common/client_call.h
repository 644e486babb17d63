// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One unary call of a generated stub: request out, answer converted, callback called. Deadline and
// idempotency key are set here and nowhere else. For the .cpp files of clients only.
#pragma once

#include <grpcpp/client_context.h>

#include <functional>
#include <future>
#include <memory>
#include <utility>

#include "services/common/service_channel.h"
#include "services/common/status.h"

namespace tessera::services {

/// Sets the deadline and a fresh idempotency key.
void prepare_call(grpc::ClientContext& context, const CallOptions& options);

/// The asynchronous method of a generated stub.
template <class Stub, class Request, class Answer>
using StubMethod = void (Stub::*)(grpc::ClientContext*, const Request*, Answer*,
                                  std::function<void(grpc::Status)>);

/// Starts the call. `convert` makes a T (or nothing) of the answer.
template <class T, class Stub, class Request, class Answer, class Convert>
void call_async(Stub* stub, StubMethod<Stub, Request, Answer> method, Request request,
                const CallOptions& options, Convert convert, Callback<T> callback) {
  struct Call {
    grpc::ClientContext context;
    Request request;
    Answer answer;
    Callback<T> callback;
  };
  auto call = std::make_shared<Call>();
  call->request = std::move(request);
  call->callback = std::move(callback);
  prepare_call(call->context, options);
  (stub->*method)(&call->context, &call->request, &call->answer,
                  [call, convert](const grpc::Status& status) {
                    if (!status.ok()) {
                      call->callback(std::unexpected(to_error(status)));
                    } else if constexpr (std::is_void_v<T>) {
                      convert(call->answer);
                      call->callback(Result<void>{});
                    } else {
                      call->callback(Result<T>(convert(call->answer)));
                    }
                  });
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
