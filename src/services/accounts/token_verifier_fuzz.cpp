// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Tokens and key sets from anywhere: the input is a token, or behind a zero byte a key set. No
// token is accepted, for nobody signs for this key.
#include <cstdlib>

#include "services/accounts/token_verifier.h"

using namespace tessera;

namespace {

/// The public half of RFC 7515's example key (appendix A.3); the key id is the corpus'.
constexpr std::string_view kKeySet =
    R"({"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"1",)"
    R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";
constexpr std::int64_t kNow = 1'800'000'000;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto verifier = accounts::TokenVerifier::from_key_set(kKeySet).value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.starts_with('\0')) {
    const auto other = accounts::TokenVerifier::from_key_set(text.substr(1));
    if (other && other->verify("a.b.c", kNow)) abort();
  } else if (verifier.verify(text, kNow)) {
    abort();
  }
  return 0;
}
