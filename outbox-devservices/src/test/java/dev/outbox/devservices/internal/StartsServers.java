package dev.outbox.devservices.internal;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that starts both servers, says where the database is, and waits to be killed. */
final class StartsServers {

    static final String REPORT = "database port: ";

    private StartsServers() {}

    public static void main(String[] args) throws InterruptedException {
        Path directory = Path.of(args[0]);
        PostgresServer postgres = PostgresServer.start(directory.resolve("postgres"), 0);
        KafkaBroker.start(directory.resolve("kafka"), 0);
        System.out.println(REPORT + postgres.port());
        new CountDownLatch(1).await();
    }
}
