package dev.outbox.relay.internal.tail;

import static dev.outbox.producer.internal.write.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.producer.internal.write.OutboxSession;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.Reads;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random steps of writers, of a lane that goes back again and again, and of a stream that breaks off. Whatever way the lane
 * takes between table and stream, each position stands for exactly the events before it.
 */
class TailedPositionsIT {

    private static final int STEPS = 600;
    private static final int WRITERS = 3;
    private static final int KEYS = 6;
    private static final ReadBudget BUDGET = new ReadBudget(8, 1_000_000);

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final OutboxLog table = OutboxLog.postgres(database.dataSource());
    private final TailUnderTest tail = new TailUnderTest(database, BUDGET);

    private final Map<Integer, OutboxSession> open = new HashMap<>();
    private final Map<Integer, Set<Integer>> locked = new HashMap<>();
    private final List<Position> positions = new ArrayList<>(List.of(Position.START));
    private final List<List<OutboxRow>> read = new ArrayList<>(List.of(List.of()));
    private int followed;

    @AfterEach
    void end() throws SQLException {
        for (OutboxSession session : open.values()) {
            session.close();
        }
        tail.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void eachPositionStandsForExactlyTheEventsBeforeIt(long seed) throws SQLException {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            step(random);
        }
        for (OutboxSession session : open.values()) {
            session.commit();
        }
        Position end = tail.awaitFollowed(readToTheEnd());

        List<OutboxRow> all = table.read(Reads.LANE, Position.START, new ReadBudget(10_000, 10_000_000))
                .rows();
        assertThat(read.get(read.size() - 1)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(followed).as("pages of the stream").isPositive();
        for (int i = 0; i < positions.size(); i += 7) {
            List<OutboxRow> path = new ArrayList<>(read.get(i));
            path.addAll(fromTable(positions.get(i)));
            assertThat(path).containsExactlyInAnyOrderElementsOf(all);
            assertInOrder(path);
        }
        assertThat(fromTable(end)).isEmpty();
    }

    private void step(Random random) throws SQLException {
        int writer = random.nextInt(WRITERS);
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> append(writer, random.nextInt(KEYS));
            case 4 -> finish(writer, random.nextInt(5) > 0);
            case 5 -> {
                if (random.nextInt(6) == 0) {
                    goBack(random.nextInt(positions.size()));
                }
            }
            case 6 -> {
                if (random.nextInt(25) == 0) {
                    tail.breakOff();
                }
            }
            case 7 -> pass();
            default -> read();
        }
    }

    private void append(int writer, int key) throws SQLException {
        boolean isLocked = locked.entrySet().stream()
                .anyMatch(other -> other.getKey() != writer && other.getValue().contains(key));
        if (isLocked) {
            return;
        }
        OutboxSession session = open.get(writer);
        if (session == null) {
            session = new OutboxSession(database.dataSource()).begin();
            open.put(writer, session);
        }
        locked.computeIfAbsent(writer, of -> new HashSet<>()).add(key);
        session.append(event("key-" + key, "event"));
    }

    private void finish(int writer, boolean commits) throws SQLException {
        OutboxSession session = open.remove(writer);
        locked.remove(writer);
        if (session != null) {
            try (session) {
                if (commits) {
                    session.commit();
                }
            }
        }
    }

    private void read() {
        if (tail.stream.isFollowed()) {
            followed++;
        }
        OutboxPage page = tail.read(positions.get(positions.size() - 1));
        List<OutboxRow> path = new ArrayList<>(read.get(read.size() - 1));
        path.addAll(page.rows());
        positions.add(page.end());
        read.add(path);
    }

    /** A failure: from here on, everything is read again. */
    private void goBack(int index) {
        positions.add(positions.get(index));
        read.add(read.get(index));
    }

    /** Lets the stream and its heartbeats come. */
    private void pass() {
        int before = positions.size();
        TailUnderTest.await(() -> {
            read();
            return positions.size() - before > 3;
        });
    }

    private Position readToTheEnd() {
        TailUnderTest.await(() -> {
            Position before = positions.get(positions.size() - 1);
            read();
            return tail.stream.isFollowed() && fromTable(before).isEmpty();
        });
        return positions.get(positions.size() - 1);
    }

    private List<OutboxRow> fromTable(Position position) {
        List<OutboxRow> rows = new ArrayList<>();
        Position reached = Position.parse(position.toString());
        OutboxPage page;
        do {
            page = table.read(Reads.LANE, reached, Reads.AMPLE);
            rows.addAll(page.rows());
            reached = page.end();
        } while (!page.isCaughtUp() || !page.rows().isEmpty());
        return rows;
    }

    private static void assertInOrder(List<OutboxRow> path) {
        Map<String, Long> last = new HashMap<>();
        for (OutboxRow row : path) {
            String key = row.event().aggregate().id();
            assertThat(row.aggregateSeq()).isEqualTo(last.getOrDefault(key, 0L) + 1);
            last.put(key, row.aggregateSeq());
        }
    }
}
