// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/operations/operations_client.h"

#include "services/common/client_call.h"
#include "services/operations/operations.grpc.pb.h"

namespace tessera::operations {
namespace {

using services::Callback;
using Stub = v1::Operations::Stub;

std::vector<Action> from_wire(const v1::ListAnswer& wire) {
  std::vector<Action> actions;
  for (const v1::Action& action : wire.actions()) {
    actions.push_back({action.id(), action.at(), action.actor(), action.action(), action.target(),
                       action.detail(), action.result()});
  }
  return actions;
}

}  // namespace

struct OperationsClient::State {
  services::ServiceChannel channel;
  services::CallOptions options;
  std::unique_ptr<Stub> stub;
};

OperationsClient::OperationsClient(const services::ServiceChannel& channel,
                                   services::CallOptions options)
    : state_(
          std::make_shared<State>(channel, options, v1::Operations::NewStub(channel->channel()))) {}
OperationsClient::~OperationsClient() = default;
OperationsClient::OperationsClient(OperationsClient&&) noexcept = default;
OperationsClient& OperationsClient::operator=(OperationsClient&&) noexcept = default;

void OperationsClient::record_async(const Action& action, Callback<std::int64_t> callback) {
  v1::Action request;
  request.set_actor(action.actor);
  request.set_action(action.action);
  request.set_target(action.target);
  request.set_detail(action.detail);
  request.set_result(action.result);
  services::call_async<std::int64_t>(
      state_->channel, *state_->stub, &Stub::PrepareAsyncRecord, request, state_->options,
      [](const v1::RecordAnswer& answer) { return answer.id(); }, std::move(callback));
}

void OperationsClient::list_async(int count, std::int64_t before,
                                  Callback<std::vector<Action>> callback) {
  v1::ListRequest request;
  request.set_count(count);
  request.set_before(before);
  services::call_async<std::vector<Action>>(
      state_->channel, *state_->stub, &Stub::PrepareAsyncList, request, state_->options,
      [](const v1::ListAnswer& answer) { return from_wire(answer); }, std::move(callback));
}

Result<std::int64_t> OperationsClient::record(const Action& action) {
  return services::wait_for<std::int64_t>(
      [&](Callback<std::int64_t> callback) { record_async(action, std::move(callback)); });
}

Result<std::vector<Action>> OperationsClient::list(int count, std::int64_t before) {
  using Actions = std::vector<Action>;
  return services::wait_for<Actions>(
      [&](Callback<Actions> callback) { list_async(count, before, std::move(callback)); });
}

}  // namespace tessera::operations
