package dev.outbox.relay.internal.tail;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * A way to a server by which the write-ahead log is streamed, and which can stop in the middle of a transaction. Then it
 * sends a keep-alive, as the server does when a client has been silent, and nothing after it; and it notes what the client
 * confirms from then on.
 *
 * <p>It reads messages as they are: a type, a length, and what they carry. Those of the stream are in messages of type 'd':
 * from the server 'w', three numbers, and the change; or 'k', the end of the WAL, a time, and whether an answer is wanted;
 * from the client 'r', up to where it has received, flushed and applied, and a time.
 */
final class ReplicationLine implements AutoCloseable {

    private static final int DATA = 'd';
    private static final int WAL_DATA = 'w';
    private static final int KEEP_ALIVE = 'k';
    private static final int STATUS = 'r';
    private static final int INSERT = 'I';
    private static final int CHANGE_AT = 1 + 3 * Long.BYTES;

    private final URI server;
    private final ServerSocket entrance;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger insertsToPass = new AtomicInteger(Integer.MAX_VALUE);
    private Supplier<LogSequenceNumber> wal = () -> LogSequenceNumber.INVALID_LSN;
    private volatile long endOfWal;
    private volatile @Nullable LogSequenceNumber confirmed;

    private ReplicationLine(URI server, ServerSocket entrance) {
        this.server = server;
        this.entrance = entrance;
    }

    /** Opens a way to the server of a JDBC URL. */
    static ReplicationLine to(String jdbcUrl) throws IOException {
        URI server = URI.create(jdbcUrl.substring("jdbc:".length()));
        ReplicationLine line = new ReplicationLine(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        inBackground(line::connect);
        return line;
    }

    /** {@return the URL of the database by this way} */
    String jdbcUrl() {
        return "jdbc:postgresql://localhost:%d%s?sslmode=disable&gssEncMode=disable"
                .formatted(entrance.getLocalPort(), server.getPath());
    }

    /**
     * Stops after so many more inserts.
     *
     * @param wal where the WAL ends by then, as the keep-alive says
     */
    void stopAmid(int inserts, Supplier<LogSequenceNumber> wal) {
        this.wal = wal;
        insertsToPass.set(inserts);
    }

    /** {@return up to where the client has confirmed since it got the keep-alive; null if it has not answered yet} */
    @Nullable
    LogSequenceNumber confirmed() {
        return confirmed;
    }

    /** Ends all connections, and takes no others. */
    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void connect() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket upstream = new Socket(server.getHost(), server.getPort());
                sockets.addAll(List.of(client, upstream));
                inBackground(() -> pass(upstream, client, this::fromServer));
                inBackground(() -> pass(client, upstream, this::fromClient));
            } catch (IOException e) {
                if (!entrance.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void pass(Socket from, Socket to, Direction direction) {
        try (from;
                to;
                DataInputStream in = new DataInputStream(from.getInputStream());
                DataOutputStream out = new DataOutputStream(to.getOutputStream())) {
            direction.pass(in, out);
        } catch (IOException ignored) {
            // One of the ends has closed the connection.
        }
    }

    private void fromServer(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            int type = in.readUnsignedByte();
            byte[] content = content(in);
            if (insertsToPass.get() <= 0) {
                continue;
            }
            send(out, type, content);
            if (type == DATA
                    && content[0] == WAL_DATA
                    && content[CHANGE_AT] == INSERT
                    && insertsToPass.decrementAndGet() == 0) {
                endOfWal = wal.get().asLong();
                byte[] keepAlive = new byte[2 + 2 * Long.BYTES];
                ByteBuffer.wrap(keepAlive)
                        .put((byte) KEEP_ALIVE)
                        .putLong(endOfWal)
                        .putLong(0)
                        .put((byte) 1);
                send(out, DATA, keepAlive);
            }
        }
    }

    private void fromClient(DataInputStream in, DataOutputStream out) throws IOException {
        // Its first message has no type.
        send(out, content(in));
        while (true) {
            int type = in.readUnsignedByte();
            byte[] content = content(in);
            send(out, type, content);
            if (type == DATA && content[0] == STATUS) {
                ByteBuffer status = ByteBuffer.wrap(content, 1, 2 * Long.BYTES);
                boolean answers = endOfWal > 0 && status.getLong() >= endOfWal;
                if (answers) {
                    confirmed = LogSequenceNumber.valueOf(status.getLong());
                }
            }
        }
    }

    private static byte[] content(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt() - Integer.BYTES);
    }

    private static void send(DataOutputStream out, int type, byte[] content) throws IOException {
        out.writeByte(type);
        send(out, content);
    }

    private static void send(DataOutputStream out, byte[] content) throws IOException {
        out.writeInt(content.length + Integer.BYTES);
        out.write(content);
        out.flush();
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "replication-line");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Direction {

        void pass(DataInputStream in, DataOutputStream out) throws IOException;
    }
}
