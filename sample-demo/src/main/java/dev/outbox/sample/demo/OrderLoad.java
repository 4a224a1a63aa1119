package dev.outbox.sample.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Places orders over HTTP, a few at once. Every fourth one is for samovars, of which there are not enough for all. */
final class OrderLoad {

    private static final int CONCURRENCY = 4;
    private static final List<String> CUSTOMERS = List.of("ada", "alan", "barbara", "edsger", "grace");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final JsonMapper json = new JsonMapper();
    private final URI url;
    private final int orders;

    OrderLoad(URI url, int orders) {
        this.url = url;
        this.orders = orders;
    }

    void run(Runnable progress) throws InterruptedException {
        ExecutorService customers = Executors.newFixedThreadPool(CONCURRENCY);
        try {
            List<Callable<Void>> placements = IntStream.range(0, orders)
                    .<Callable<Void>>mapToObj(number -> () -> {
                        place(number);
                        progress.run();
                        return null;
                    })
                    .toList();
            for (Future<Void> placement : customers.invokeAll(placements)) {
                placement.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("An order could not be placed: " + e.getCause(), e);
        } finally {
            customers.shutdownNow();
        }
    }

    private void place(int number) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(order(number))))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new IOException("%s answered %d: %s".formatted(url, response.statusCode(), response.body()));
        }
    }

    private static Map<String, Object> order(int number) {
        List<Map<String, Object>> lines = number % 4 == 3
                ? List.of(line("samovar", 3))
                : List.of(line("teapot", 1 + number % 3), line("espresso-cup", 6));
        return Map.of("customer", CUSTOMERS.get(number % CUSTOMERS.size()), "lines", lines, "currency", "EUR");
    }

    private static Map<String, Object> line(String sku, int quantity) {
        return Map.of("sku", sku, "quantity", quantity);
    }
}
