// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The server's side of a unary call: take it from gRPC's queue, run the rule on a pool, keep the
// answer, count it, finish. A face is one line per method on top of this. For the .cpp files of
// faces only.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/async_unary_call.h>

#include <chrono>
#include <concepts>
#include <memory>
#include <string>
#include <utility>

#include "engine/core/hash.h"
#include "engine/platform/clock.h"
#include "services/common/detail/event_queue.h"
#include "services/common/detail/status.h"
#include "services/common/face.h"
#include "services/common/method.h"

namespace tessera::services {

/// The caller's idempotency key; empty if it sent none.
std::string idempotency_key(const grpc::ServerContext& context);

/// Runs `rule(request, answer)`, unless its answer is known by `key` already.
template <class Request, class Answer, class Rule>
Result<void> run_once(const Method& method, const std::string& key, const Request& request,
                      Answer& answer, const Rule& rule) {
  if (method.answers() == nullptr || key.empty()) return rule(request, answer);
  const std::string full_key = method.full_name() + ":" + key;
  const std::string bytes = request.SerializeAsString();
  const std::uint64_t hash = hash_bytes(std::as_bytes(std::span(bytes)));
  auto known = method.answers()->begin(full_key, hash, platform::monotonic_ns() / 1'000'000);
  switch (known.found) {
    case AnswerCache::Found::Answered:
      answer.ParseFromString(known.bytes);
      return {};
    case AnswerCache::Found::Running:
      return failure(ErrorKind::Unavailable, "the same call is still running: ask again later");
    case AnswerCache::Found::Mismatch:
      return failure(ErrorKind::InvalidArgument,
                     "this idempotency key came with another request before: use a new key for "
                     "each request");
    case AnswerCache::Found::New:
      break;
  }
  const Result<void> result = rule(request, answer);
  if (result) {
    method.answers()->finish(full_key, answer.SerializeAsString());
  } else {
    method.answers()->forget(full_key);
  }
  return result;
}

/// Request<Method> of a generated AsyncService.
template <class Service, class Request, class Answer>
using ServiceMethod = void (Service::*)(grpc::ServerContext*, Request*,
                                        grpc::ServerAsyncResponseWriter<Answer>*,
                                        grpc::CompletionQueue*, grpc::ServerCompletionQueue*,
                                        void*);

/// What all calls of a method share.
template <class Service, class Request, class Answer, class Rule>
struct ServedMethod {
  Service& service;
  ServiceMethod<Service, Request, Answer> method;
  FaceQueue queue;
  Method& counted;
  Rule rule;
};

/// One call, from before it arrives until its answer has left. Deletes itself then.
template <class Service, class Request, class Answer, class Rule>
class ServedCall final : public QueueEvent {
 public:
  using Shared = std::shared_ptr<const ServedMethod<Service, Request, Answer, Rule>>;

  static void expect(Shared shared) { (new ServedCall(std::move(shared)))->expect(); }

  void happened(bool ok) override {
    if (arrived_) {
      const CallsInFlight& in_flight = *shared_->queue.in_flight;
      delete this;
      in_flight.end();
    } else if (ok) {
      arrived();
    } else {
      delete this;  // the server stops
    }
  }

 private:
  explicit ServedCall(Shared shared) : shared_(std::move(shared)), writer_(&context_) {}

  void expect() {
    (shared_->service.*shared_->method)(&context_, &request_, &writer_, shared_->queue.queue,
                                        shared_->queue.queue, static_cast<QueueEvent*>(this));
  }

  void arrived() {
    arrived_ = true;
    started_ns_ = platform::monotonic_ns();
    shared_->queue.in_flight->begin();
    expect(shared_);  // the next call of this method
    if (!shared_->counted.pool().try_run([this] { run(); })) {
      finish(failure(ErrorKind::ResourceExhausted,
                     "too many requests wait to be answered: try again in a few seconds"));
    }
  }

  void run() {
    // It waited in the queue; nobody wants an answer after the deadline.
    if (context_.deadline() <= std::chrono::system_clock::now()) {
      return finish(failure(ErrorKind::Unavailable, "the caller's deadline has passed"));
    }
    finish(run_once(shared_->counted, idempotency_key(context_), request_, answer_, shared_->rule));
  }

  void finish(const Result<void>& result) {
    shared_->counted.count(started_ns_, result ? nullptr : &result.error());
    auto* const event = static_cast<QueueEvent*>(this);
    if (result) {
      writer_.Finish(answer_, grpc::Status::OK, event);
    } else {
      writer_.FinishWithError(to_status(result.error()), event);
    }
  }

  Shared shared_;
  grpc::ServerContext context_;
  Request request_;
  Answer answer_;
  grpc::ServerAsyncResponseWriter<Answer> writer_;
  std::int64_t started_ns_ = 0;
  bool arrived_ = false;
};

/// Serves a method: `rule` is Result<void>(const Request&, Answer&), called on the method's pool.
/// gRPC generates a class for each method; the service derives from all of them.
template <class Service, class Base, class Request, class Answer, class Rule>
  requires std::derived_from<Service, Base>
void serve(Service& service, ServiceMethod<Base, Request, Answer> method, const FaceQueue& queue,
           Method& counted, Rule rule) {
  using Served = ServedMethod<Base, Request, Answer, Rule>;
  ServedCall<Base, Request, Answer, Rule>::expect(
      std::make_shared<const Served>(Served{service, method, queue, counted, std::move(rule)}));
}

}  // namespace tessera::services
