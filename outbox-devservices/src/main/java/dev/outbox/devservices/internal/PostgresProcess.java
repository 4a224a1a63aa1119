package dev.outbox.devservices.internal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The process next to a {@link PostgresServer}: starts the server, and stops it when the parent process is gone. */
final class PostgresProcess {

    private PostgresProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        ServerDirectory directory = new ServerDirectory(Path.of(args[0]), Boolean.parseBoolean(args[1]));
        TerminalInterrupt.ignore();
        CountDownLatch parentEnded = new CountDownLatch(1);
        ParentWatch.onEnd(parentEnded::countDown);
        EmbeddedPostgres.Builder server = server(directory, Integer.parseInt(args[2]));
        for (int i = 3; i < args.length; i++) {
            String[] setting = args[i].split("=", 2);
            server.setServerConfig(setting[0], setting[1]);
        }
        EmbeddedPostgres postgres = server.start();
        parentEnded.await();
        postgres.close();
        directory.removeIfTemporary();
    }

    private static EmbeddedPostgres.Builder server(ServerDirectory directory, int port) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(directory.temporary())
                .setPort(port)
                .setServerConfig("wal_level", "logical")
                .setServerConfig("max_connections", "500")
                .setServerConfig("max_prepared_transactions", "10")
                .setServerConfig("max_replication_slots", "10")
                .setServerConfig("max_wal_senders", "10")
                // Off by default here, which would let logical decoding see a commit only 200 ms later.
                .setServerConfig("synchronous_commit", "on");
    }
}
