// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The gRPC face: one line per method; the rules are in detail/audit_rules.
#include "services/operations/operations_service.h"

#include "engine/platform/clock.h"
#include "services/common/served_method.h"
#include "services/operations/detail/audit_rules.h"
#include "services/operations/operations.grpc.pb.h"

namespace tessera::operations {
namespace {

class OperationsFace final : public services::Face {
 public:
  OperationsFace(services::Host& host, persistence::Database& database,
                 const OperationsOptions& options)
      : rules_(database, options.now_s),
        record_(host, "operations", "Record", {.once = true}),
        list_(host, "operations", "List") {}

  grpc::Service& service() override { return service_; }

  void start(const services::FaceQueue& queue) override {
    services::serve(service_, &Service::RequestRecord, queue, record_,
                    [this](const auto& in, auto& out) { return record(in, out); });
    services::serve(service_, &Service::RequestList, queue, list_,
                    [this](const auto& in, auto& out) { return list(in, out); });
  }

 private:
  using Service = v1::Operations::AsyncService;

  Result<void> record(const v1::Action& in, v1::RecordAnswer& out) {
    const auto id =
        rules_.record({0, 0, in.actor(), in.action(), in.target(), in.detail(), in.result()});
    if (!id) return std::unexpected(id.error());
    out.set_id(*id);
    return {};
  }
  Result<void> list(const v1::ListRequest& in, v1::ListAnswer& out) {
    const auto actions = rules_.list(in.count(), in.before());
    if (!actions) return std::unexpected(actions.error());
    for (const Action& action : *actions) {
      v1::Action& wire = *out.add_actions();
      wire.set_id(action.id);
      wire.set_at(action.at);
      wire.set_actor(action.actor);
      wire.set_action(action.action);
      wire.set_target(action.target);
      wire.set_detail(action.detail);
      wire.set_result(action.result);
    }
    return {};
  }

  Service service_;
  AuditRules rules_;
  services::Method record_, list_;
};

}  // namespace

void serve_operations(services::Host& host, persistence::Database& database,
                      OperationsOptions options) {
  if (options.now_s == nullptr) {
    options.now_s = [] { return platform::unix_time_ms() / 1000; };
  }
  host.add(std::make_unique<OperationsFace>(host, database, options));
}

}  // namespace tessera::operations
