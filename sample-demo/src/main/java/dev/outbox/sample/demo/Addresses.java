package dev.outbox.sample.demo;

import java.io.PrintStream;

/** Says where to look. */
record Addresses(Landscape landscape, Services services) {

    void print(PrintStream out) {
        out.println("Everything is running until Ctrl-C. Look around:");
        out.println();
        line(out, "Order service", services.orders().url() + "/orders/{id}");
        line(out, "Inventory service", services.inventory().url() + "/stock");
        line(out, "", services.inventory().url() + "/reservations/{orderId}");
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
        out.println("  curl -i -H 'Content-Type: application/json' "
                + services.orders().url() + "/orders \\");
        out.println(
                "    -d '{\"customer\": \"you\", \"lines\": [{\"sku\": \"teapot\", \"quantity\": 1}], \"currency\": \"EUR\"}'");
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
