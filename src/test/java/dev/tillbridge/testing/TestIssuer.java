package dev.tillbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/**
 * An OpenID provider: discovery, keys, code flow with PKCE, tokens signed with RS256. Everybody is signed in as the person of the
 * last {@code POST /person} (claims), and {@code POST /sign} signs any claims; with {@code ?key=other} by a key that it does not publish.
 */
public final class TestIssuer implements QuarkusTestResourceLifecycleManager {

    /** The setting that holds its address. */
    public static final String ADDRESS = "tillbridge.testing.issuer";
    public static final String CLIENT = "tillbridge-of-tests";
    private static final String SECRET = "a-client-secret-of-tests-with-more-than-32-characters";
    private static final String CODE = "a-code";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeyPair published = keyPair();
    private final KeyPair other = keyPair();
    private HttpServer server;
    private volatile Map<String, Object> person = Map.of();
    private volatile Map<String, String> asked = Map.of();

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, discovery()));
        server.createContext("/keys", exchange -> answer(exchange, Map.of("keys", Arrays.asList(jwk()))));
        server.createContext("/person", exchange -> {
            person = claims(exchange);
            answer(exchange, Map.of());
        });
        server.createContext("/sign", exchange -> answer(exchange,
                Map.of("token",
                        sign(claims(exchange), "key=other".equals(exchange.getRequestURI().getQuery()) ? other : published))));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
        return Map.of("quarkus.oidc.tenant-enabled", "true", "quarkus.oidc.auth-server-url", address(),
                "quarkus.oidc.client-id", CLIENT, "quarkus.oidc.credentials.secret", SECRET, ADDRESS, address());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private Map<String, Object> discovery() {
        Map<String, Object> discovery = new LinkedHashMap<>();
        discovery.put("issuer", address());
        discovery.put("authorization_endpoint", address() + "/authorize");
        discovery.put("token_endpoint", address() + "/token");
        discovery.put("jwks_uri", address() + "/keys");
        discovery.put("response_types_supported", Arrays.asList("code"));
        discovery.put("id_token_signing_alg_values_supported", Arrays.asList("RS256"));
        return discovery;
    }

    private Map<String, Object> jwk() {
        RSAPublicKey key = (RSAPublicKey) published.getPublic();
        return Map.of("kty", "RSA", "use", "sig", "alg", "RS256", "kid", "published", "n", unsigned(key.getModulus()), "e",
                unsigned(key.getPublicExponent()));
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        asked = form(exchange.getRequestURI().getRawQuery());
        exchange.getResponseHeaders().add("Location",
                asked.get("redirect_uri") + "?code=" + CODE + "&state=" + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String basic = Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        if (!CODE.equals(form.get("code")) || !sha256(form.get("code_verifier")).equals(asked.get("code_challenge"))
                || !("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        Map<String, Object> claims = new LinkedHashMap<>(person);
        claims.put("iss", address());
        claims.put("aud", CLIENT);
        claims.put("nonce", asked.get("nonce"));
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("exp", Instant.now().getEpochSecond() + 300);
        String token = sign(claims, published);
        answer(exchange, Map.of("access_token", token, "id_token", token, "token_type", "Bearer", "expires_in", 300));
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String part : Arrays.asList(text.split("&", -1))) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                form.put(part.substring(0, equals), URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> claims(HttpExchange exchange) throws IOException {
        return JSON.readValue(exchange.getRequestBody().readAllBytes(), Map.class);
    }

    private static String sign(Map<String, Object> claims, KeyPair key) {
        try {
            String content = base64(JSON.writeValueAsBytes(Map.of("alg", "RS256", "typ", "JWT", "kid", "published"))) + "."
                    + base64(JSON.writeValueAsBytes(claims));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return base64(
                    MessageDigest.getInstance("SHA-256").digest(String.valueOf(text).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, Map<String, Object> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
