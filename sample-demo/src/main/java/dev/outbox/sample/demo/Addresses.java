package dev.outbox.sample.demo;

import java.io.PrintStream;

/** Says where to look. */
record Addresses(Landscape landscape, Services services, String parked) {

    private static final String ORDER =
            "{\"customer\": \"you\", \"lines\": [{\"sku\": \"%s\", \"quantity\": 1}], \"currency\": \"EUR\"}";

    private static final String RELEASE =
            "{\"consumer\": \"inventory-service\", \"topic\": \"outbox.event.Order\", \"key\": \"%s\", \"seen\": 1}";

    void print(PrintStream out) {
        out.println("Everything is running until Ctrl-C. Look around:");
        out.println();
        line(out, "Order service", services.orders().url() + "/orders/{id}");
        line(out, "Inventory service", services.inventory().url() + "/stock");
        line(out, "", services.inventory().url() + "/reservations/{orderId}");
        line(out, "Consoles", services.relay().url() + "/outbox");
        line(out, "", services.inventory().url() + "/outbox");
        line(
                out,
                "",
                "(user %s, password %s)"
                        .formatted(
                                landscape.operator().name(),
                                landscape.operator().password()));
        line(out, "Events for tools", services.orders().url() + "/actuator/outboxevents/asyncapi");
        line(out, "", services.inventory().url() + "/actuator/outboxevents/asyncapi");
        for (ServiceProcess service : services.all()) {
            line(out, "Health", service.url() + "/actuator/health");
        }
        database(out, Landscape.ORDERS);
        database(out, Landscape.INVENTORY);
        line(out, "Kafka", landscape.bootstrapServers());
        line(out, "Logs", landscape.logs().toString());
        out.println();
        out.println("One more order:");
        out.println();
        post(out, services.orders().url() + "/orders", ORDER.formatted("teapot"));
        out.println("Order %s is parked, because nobody knows its article. Look why, and what else waits:"
                .formatted(parked));
        out.println();
        out.println(
                "  %s/outbox/inbox/parked?key=%s".formatted(services.inventory().url(), parked));
        out.println();
        out.println("Take some in, and release it on that page, or as a request:");
        out.println();
        post(out, services.inventory().url() + "/stock", "{\"sku\": \"kettle\", \"quantity\": 5}");
        post(
                out,
                "-u %s:%s %s/outbox/api/inbox/parked/release"
                        .formatted(
                                landscape.operator().name(),
                                landscape.operator().password(),
                                services.inventory().url()),
                RELEASE.formatted(parked));
        out.println("A cancellation would wait behind it:");
        out.println();
        out.println("  curl -i -X POST '%s/orders/%s/cancellation'"
                .formatted(services.orders().url(), parked));
        out.println();
    }

    private static void post(PrintStream out, String url, String body) {
        out.println("  curl -i -H 'Content-Type: application/json' %s \\".formatted(url));
        out.println("    -d '%s'".formatted(body));
        out.println();
    }

    private void database(PrintStream out, String name) {
        ServiceDatabase database = landscape.database(name);
        line(
                out,
                "Database " + name,
                "%s (user %s, password %s)".formatted(database.jdbcUrl(), database.user(), database.password()));
    }

    private static void line(PrintStream out, String name, String address) {
        out.printf("  %-19s%s%n", name, address);
    }
}
