package dev.outbox.console;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** An OpenID Connect provider that lets everybody in as one user, with given roles. */
final class TestIdentityProvider implements AutoCloseable {

    private final HttpServer server;
    private final RSAKey key;
    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, String> nonces = new ConcurrentHashMap<>();
    private final List<String> roles;

    TestIdentityProvider(List<String> roles) {
        this.roles = roles;
        try {
            this.key = new RSAKeyGenerator(2048).keyID("test").generate();
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException | JOSEException e) {
            throw new IllegalStateException(e);
        }
        answer("/.well-known/openid-configuration", exchange -> metadata());
        answer("/jwks", exchange -> new JWKSet(key.toPublicJWK()).toJSONObject());
        answer("/token", this::token);
        server.createContext("/authorize", this::authorize);
        server.start();
    }

    String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private Map<String, Object> metadata() {
        return Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + "/token",
                "jwks_uri", issuer() + "/jwks",
                "subject_types_supported", List.of("public"),
                "response_types_supported", List.of("code"),
                "id_token_signing_alg_values_supported", List.of("RS256"));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        String code = "code-" + nonces.size();
        nonces.put(code, asked.getOrDefault("nonce", ""));
        URI back = URI.create("%s?code=%s&state=%s"
                .formatted(
                        asked.get("redirect_uri"),
                        code,
                        URLEncoder.encode(asked.getOrDefault("state", ""), StandardCharsets.UTF_8)));
        exchange.getResponseHeaders().set("Location", back.toString());
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private Map<String, Object> token(HttpExchange exchange) {
        try {
            Map<String, String> asked =
                    parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Instant now = Instant.now();
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(),
                    new JWTClaimsSet.Builder()
                            .issuer(issuer())
                            .subject("grace")
                            .audience("outbox")
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plusSeconds(600)))
                            .claim("nonce", nonces.get(asked.get("code")))
                            .claim("roles", roles)
                            .build());
            token.sign(new RSASSASigner(key));
            return Map.of(
                    "access_token", "access",
                    "token_type", "Bearer",
                    "expires_in", 600,
                    "scope", "openid",
                    "id_token", token.serialize());
        } catch (IOException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(String path, Function<HttpExchange, Map<String, Object>> answer) {
        server.createContext(path, exchange -> {
            byte[] body = json.writeValueAsBytes(answer.apply(exchange));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (one, two) -> one));
    }
}
