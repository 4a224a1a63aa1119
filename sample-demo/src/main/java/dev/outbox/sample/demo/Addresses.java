package dev.outbox.sample.demo;

import java.io.PrintStream;

/** Says where to look. */
record Addresses(Landscape landscape) {

    void print(PrintStream out) {
        out.println("Everything is running until Ctrl-C. Look around:");
        out.println();
        landscape.services().forEach(service -> service.paths().forEach(path -> line(out, service.name(), service.url() + path)));
        database(out, Landscape.ORDERS);
        database(out, Landscape.INVENTORY);
        line(out, "Kafka", landscape.bootstrapServers());
        line(out, "Logs", landscape.logs().toString());
    }

    private void database(PrintStream out, String name) {
        ServiceDatabase database = landscape.database(name);
        line(out, "database " + name, "%s  user %s, password %s"
                .formatted(database.jdbcUrl(), database.user(), database.password()));
    }

    private static void line(PrintStream out, String name, String address) {
        out.printf("  %-18s %s%n", name, address);
    }
}
