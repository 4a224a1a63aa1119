package dev.outbox.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to a database on which connections can be forgotten, as by a firewall: both ends stay open, what is sent is
 * acknowledged and comes nowhere. New connections work.
 */
final class ForgetfulNetwork implements AutoCloseable {

    private final URI database;
    private final ServerSocket entrance;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    private ForgetfulNetwork(URI database, ServerSocket entrance) {
        this.database = database;
        this.entrance = entrance;
    }

    /** Opens a way to the server of a JDBC URL. */
    static ForgetfulNetwork to(String jdbcUrl) throws IOException {
        URI database = URI.create(jdbcUrl.substring("jdbc:".length()));
        ForgetfulNetwork network =
                new ForgetfulNetwork(database, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        inBackground(network::connect);
        return network;
    }

    /** {@return the URL of the database by this way} */
    String jdbcUrl() {
        return "jdbc:postgresql://localhost:%d%s?%s"
                .formatted(entrance.getLocalPort(), database.getPath(), String.valueOf(database.getQuery()));
    }

    /** Forgets the connections that there are. */
    void forget() {
        lines.forEach(line -> line.isForgotten = true);
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Line line : lines) {
            line.close();
        }
    }

    private void connect() {
        while (!entrance.isClosed()) {
            try {
                Line line = new Line(entrance.accept(), new Socket(database.getHost(), database.getPort()));
                lines.add(line);
                inBackground(() -> line.pass(line.client, line.server));
                inBackground(() -> line.pass(line.server, line.client));
            } catch (IOException e) {
                if (!entrance.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "forgetful-network");
        thread.setDaemon(true);
        thread.start();
    }

    private static final class Line {

        private final Socket client;
        private final Socket server;
        private volatile boolean isForgotten;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pass(Socket from, Socket to) {
            byte[] buffer = new byte[8192];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!isForgotten) {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException ignored) {
                // One of the ends has closed the connection.
            }
        }

        void close() throws IOException {
            client.close();
            server.close();
        }
    }
}
