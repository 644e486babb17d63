// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/accounts/detail/es256.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>

#include <algorithm>

namespace tessera::accounts {
namespace {

constexpr const char* kCurve = "prime256v1";

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freed<Free>>;

std::shared_ptr<EVP_PKEY> own(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

std::unexpected<Error> openssl_failure(ErrorKind kind, const char* doing) {
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
  ERR_clear_error();
  return failure(kind, fmt::format("{}: {}", doing, reason.data()));
}

bool is_p256(EVP_PKEY* key) {
  std::array<char, 32> curve{};
  std::size_t size = 0;
  return EVP_PKEY_get_group_name(key, curve.data(), curve.size(), &size) == 1 &&
         std::string_view(curve.data(), size) == kCurve;
}

bool coordinate(EVP_PKEY* key, const char* name, Es256Key::Coordinate& out) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) return false;
  const Owned<BIGNUM, BN_free> owned(number);
  return BN_bn2binpad(number, out.data(), static_cast<int>(out.size())) > 0;
}

}  // namespace

Result<Es256Key> Es256Key::generate() {
  EVP_PKEY* key = EVP_EC_gen(kCurve);
  if (key == nullptr) return openssl_failure(ErrorKind::Internal, "cannot make a signing key");
  return Es256Key(own(key));
}

Result<Es256Key> Es256Key::from_private_pem(const std::string& pem) {
  const Owned<BIO, BIO_free> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  auto key = own(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  if (key == nullptr || !is_p256(key.get())) {
    return openssl_failure(ErrorKind::Corrupt, "signing key: not a P-256 key in PEM");
  }
  return Es256Key(std::move(key));
}

Result<Es256Key> Es256Key::from_point(const Point& point) {
  std::array<unsigned char, 65> octets{0x04};  // uncompressed: 4, x, y
  std::ranges::copy(point.x, octets.begin() + 1);
  std::ranges::copy(point.y, octets.begin() + 33);
  std::string curve = kCurve;
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, octets.data(), octets.size()),
      OSSL_PARAM_construct_end()};
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY,
                        const_cast<OSSL_PARAM*>(parameters)) != 1) {
    return openssl_failure(ErrorKind::InvalidArgument, "public key: not a point of P-256");
  }
  return Es256Key(own(key));
}

Result<std::string> Es256Key::private_pem() const {
  const Owned<BIO, BIO_free> bio(BIO_new(BIO_s_mem()));
  char* text = nullptr;
  if (PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
      1) {
    return openssl_failure(ErrorKind::InvalidArgument, "cannot write the private key");
  }
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

Result<Es256Key::Point> Es256Key::point() const {
  Point point;
  if (!coordinate(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X, point.x) ||
      !coordinate(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y, point.y)) {
    return openssl_failure(ErrorKind::Internal, "cannot read the public key");
  }
  return point;
}

Result<Es256Key::Signature> Es256Key::sign(std::string_view text) const {
  const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  std::array<unsigned char, 80> der{};  // a P-256 signature takes at most 72
  std::size_t size = der.size();
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), der.data(), &size,
                     reinterpret_cast<const unsigned char*>(text.data()), text.size()) != 1) {
    return openssl_failure(ErrorKind::InvalidArgument, "cannot sign");
  }
  const unsigned char* position = der.data();
  const Owned<ECDSA_SIG, ECDSA_SIG_free> parts(
      d2i_ECDSA_SIG(nullptr, &position, static_cast<long>(size)));
  Signature signature{};
  BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), signature.data(), 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), signature.data() + 32, 32);
  return signature;
}

bool Es256Key::verify(std::string_view text, const Signature& signature) const {
  const Owned<ECDSA_SIG, ECDSA_SIG_free> parts(ECDSA_SIG_new());
  // parts owns the two numbers after this.
  if (ECDSA_SIG_set0(parts.get(), BN_bin2bn(signature.data(), 32, nullptr),
                     BN_bin2bn(signature.data() + 32, 32, nullptr)) != 1) {
    return false;
  }
  std::array<unsigned char, 80> der{};
  unsigned char* position = der.data();
  const int size = i2d_ECDSA_SIG(parts.get(), &position);
  const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  const bool valid =
      size > 0 &&
      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
      EVP_DigestVerify(context.get(), der.data(), static_cast<std::size_t>(size),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
  ERR_clear_error();  // a forged signature leaves its reason in this thread's queue
  return valid;
}

}  // namespace tessera::accounts
