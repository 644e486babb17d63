// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <filesystem>
#include <fstream>

#include "transport/websocket/testing/web_server_fixture.h"

namespace tessera::websocket {
namespace {

class Page : public HttpHandler {
 public:
  void on_request(const Request& request, Responder respond) override {
    respond({.body = "secret " + request.path});
  }
};

class AnySocket : public SocketHandler {
 public:
  WebServer* server = nullptr;
  std::optional<Response> on_upgrade(const Request&, SocketId) override { return std::nullopt; }
  void on_open(SocketId) override {}
  void on_message(SocketId socket, std::span<const std::byte> message) override {
    server->send(socket, message);
  }
  void on_closed(SocketId, bool) override {}
};

// A private directory with a self-signed certificate and its key.
class Certificate {
 public:
  Certificate() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tessera_tls_XXXXXX").string();
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_sign(certificate, key, EVP_sha256());
    FILE* out = std::fopen(certificate_file().c_str(), "w");
    PEM_write_X509(out, certificate);
    std::fclose(out);
    out = std::fopen(key_file().c_str(), "w");
    PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  ~Certificate() { std::filesystem::remove_all(directory_); }
  std::string certificate_file() const { return directory_ + "/cert.pem"; }
  std::string key_file() const { return directory_ + "/key.pem"; }

 private:
  std::string directory_;
};

// A TLS client; `version_max` 0 is the newest.
struct TlsClient {
  explicit TlsClient(TcpClient& tcp, int version_max = 0)
      : context(SSL_CTX_new(TLS_client_method())), ssl(SSL_new(context)) {
    if (version_max != 0) SSL_set_max_proto_version(ssl, version_max);
    SSL_set_fd(ssl, tcp.descriptor());
    connected = SSL_connect(ssl) == 1;
  }
  ~TlsClient() {
    SSL_free(ssl);
    SSL_CTX_free(context);
  }
  void send(std::string_view bytes) {
    ASSERT_EQ(SSL_write(ssl, bytes.data(), static_cast<int>(bytes.size())),
              static_cast<int>(bytes.size()));
  }
  std::string receive_until(std::string_view end) {
    std::string got;
    char buffer[4096];
    while (got.find(end) == std::string::npos) {
      const int size = SSL_read(ssl, buffer, sizeof buffer);
      if (size <= 0) break;
      got.append(buffer, static_cast<std::size_t>(size));
    }
    return got;
  }
  SSL_CTX* context;
  SSL* ssl;
  bool connected = false;
};

WebOptions tls_options(const Certificate& certificate) {
  WebOptions options = test_web_options();
  options.certificate_file = certificate.certificate_file();
  options.key_file = certificate.key_file();
  return options;
}

TEST(Tls, ServesHttpAndWebSocketsWithTls13) {
  const Certificate certificate;
  Page page;
  AnySocket sockets;
  RunningWebServer server(tls_options(certificate), page, &sockets);
  sockets.server = &*server;
  EXPECT_TRUE(server->uses_tls());
  TcpClient tcp = server.connect();
  TlsClient client(tcp);
  ASSERT_TRUE(client.connected);
  EXPECT_STREQ(SSL_get_version(client.ssl), "TLSv1.3");
  client.send("GET /a HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(client.receive_until("secret /a").starts_with("HTTP/1.1 200"));
  client.send(
      "GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  EXPECT_TRUE(client.receive_until("\r\n\r\n").starts_with("HTTP/1.1 101"));
  client.send(TcpClient::frame(2, "over TLS"));
  EXPECT_NE(client.receive_until("over TLS").find("over TLS"), std::string::npos);
}

TEST(Tls, ClosesPolitelyWhenAskedTo) {
  const Certificate certificate;
  Page page;
  RunningWebServer server(tls_options(certificate), page);
  TcpClient tcp = server.connect();
  TlsClient client(tcp);
  ASSERT_TRUE(client.connected);
  client.send("GET /a HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_NE(client.receive_until("never").find("secret /a"), std::string::npos);
  SSL_shutdown(client.ssl);
  tcp.close_now();
  EXPECT_TRUE(server.eventually([&] { return server->counters().connections.load() == 0; }));
}

TEST(Tls, RefusesOlderVersionsAndPlainText) {
  const Certificate certificate;
  Page page;
  RunningWebServer server(tls_options(certificate), page);
  TcpClient tcp = server.connect();
  EXPECT_FALSE(TlsClient(tcp, TLS1_2_VERSION).connected);
  TcpClient plain = server.connect();
  plain.send_all("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(plain.receive_rest().find("secret"), std::string::npos);
}

TEST(Tls, NamesTheFileThatCannotBeUsed) {
  const Certificate certificate;
  Page page;
  WebOptions options = tls_options(certificate);
  options.key_file.clear();
  EXPECT_NE(WebServer::listen(options, page, nullptr).error().message.find("both"),
            std::string::npos);
  options.key_file = "/nowhere/key.pem";
  EXPECT_NE(WebServer::listen(options, page, nullptr).error().message.find("/nowhere/key.pem"),
            std::string::npos);
  options.certificate_file = "/nowhere/cert.pem";
  EXPECT_NE(WebServer::listen(options, page, nullptr).error().message.find("/nowhere/cert.pem"),
            std::string::npos);
}

}  // namespace
}  // namespace tessera::websocket
