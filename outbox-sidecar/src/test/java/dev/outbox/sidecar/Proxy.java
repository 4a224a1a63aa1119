package dev.outbox.sidecar;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before a sidecar, passes requests on, and loses some answers to those that decide something. */
final class Proxy implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer server;
    private final URI sidecar;
    private final boolean answersItself;
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private int toLose;

    /**
     * @param toLose how many answers are lost
     * @param answersItself whether it is the server of something else
     */
    Proxy(URI sidecar, int toLose, boolean answersItself) throws IOException {
        this.sidecar = sidecar;
        this.toLose = toLose;
        this.answersItself = answersItself;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** {@return the keys of the requests that decide something} */
    List<String> keys() {
        return keys;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (answersItself) {
            write(exchange, 200, "<html>Hello</html>".getBytes(StandardCharsets.UTF_8));
            return;
        }
        HttpResponse<byte[]> response = passedOn(exchange);
        if (exchange.getRequestMethod().equals("POST")) {
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
            if (toLose > 0) {
                toLose--;
                exchange.close();
                return;
            }
        }
        write(exchange, response.statusCode(), response.body());
    }

    private HttpResponse<byte[]> passedOn(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(sidecar.resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        for (String name : List.of("Authorization", "Content-Type", "Idempotency-Key")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
