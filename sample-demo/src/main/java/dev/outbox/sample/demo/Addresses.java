package dev.outbox.sample.demo;

import java.io.PrintStream;

/** Says where to look. */
record Addresses(Landscape landscape, Services services) {

    private static final String ORDER =
            "{\"customer\": \"you\", \"lines\": [{\"sku\": \"%s\", \"quantity\": 1}], \"currency\": \"EUR\"}";

    private static final String RELEASE =
            "{\"consumer\": \"inventory-service\", \"topic\": \"outbox.event.Order\", \"key\": \"<id of the order>\"}";

    void print(PrintStream out) {
        out.println("Everything is running until Ctrl-C. Look around:");
        out.println();
        line(out, "Order service", services.orders().url() + "/orders/{id}");
        line(out, "Inventory service", services.inventory().url() + "/stock");
        line(out, "", services.inventory().url() + "/reservations/{orderId}");
        line(out, "Console", services.relay().url() + "/outbox");
        line(
                out,
                "",
                "(user %s, password %s)"
                        .formatted(
                                landscape.operator().name(),
                                landscape.operator().password()));
        line(out, "Events for people", services.orders().url() + "/actuator/outboxevents/page");
        line(out, "", services.inventory().url() + "/actuator/outboxevents/page");
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
        out.println(
                "One for an article that nobody knows. It is parked, and its cancellation behind it, until there is some"
                        + " and both are released:");
        out.println();
        post(out, services.orders().url() + "/orders", ORDER.formatted("kettle"));
        out.println("  curl -i -X POST '" + services.orders().url() + "/orders/<id of the order>/cancellation'");
        out.println();
        out.println("  curl " + services.inventory().url() + "/parked");
        out.println();
        post(out, services.inventory().url() + "/stock", "{\"sku\": \"kettle\", \"quantity\": 5}");
        post(out, services.inventory().url() + "/parked/release", RELEASE);
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
