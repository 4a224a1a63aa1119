package dev.outbox.relay.internal.log;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.eventstore.internal.stream.Streams;
import dev.outbox.internal.stream.EventTable;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.producer.internal.write.CountedEvent;
import dev.outbox.producer.internal.write.OutboxSession;
import dev.outbox.schema.OutboxTables;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a service does in one transaction: it takes an id, changes an account, writes its events, and ends. */
final class BusinessTransaction {

    private final OutboxSession session;
    private final String account;
    private final List<EventEnvelope> events;
    private final boolean commits;
    private final List<BusinessTransaction> committed;
    private long version;
    private boolean conflict;

    /** How the account is guarded; the key row of the outbox is locked as well, unless the account counts its events. */
    enum Locking {
        NONE,
        PESSIMISTIC,
        OPTIMISTIC,
        COUNTED,
        /** A stream of stored events, appended to under the version that was read. */
        STREAM,
        /** As no one may do it: the account changes after its events are written. */
        COUNTED_TOO_LATE
    }

    /** A statement, or a few that belong together. */
    @FunctionalInterface
    interface Step {

        void run() throws SQLException;
    }

    /** @param committed where it enters itself when it has committed */
    BusinessTransaction(
            OutboxSession session,
            String account,
            List<EventEnvelope> events,
            boolean commits,
            List<BusinessTransaction> committed) {
        this.session = session;
        this.account = account;
        this.events = events;
        this.commits = commits;
        this.committed = committed;
    }

    List<Step> steps(Locking locking) {
        return switch (locking) {
            case NONE -> List.of(session::begin, this::append, this::end);
            case PESSIMISTIC -> List.of(session::begin, this::changeUnderLock, this::append, this::end);
            case OPTIMISTIC -> List.of(this::readVersion, this::changeVersion, this::append, this::end);
            case COUNTED -> List.of(session::begin, this::count, this::appendCounted, this::end);
            case STREAM -> List.of(session::begin, this::readStream, this::appendToStream, this::end);
            case COUNTED_TOO_LATE -> List.of(this::readVersion, this::appendCounted, this::count, this::end);
        };
    }

    List<EventEnvelope> events() {
        return events;
    }

    private void changeUnderLock() throws SQLException {
        session.execute("select 1 from account where id = '%s' for update".formatted(account));
        session.execute("update account set version = version + 1 where id = '%s'".formatted(account));
    }

    private void readVersion() throws SQLException {
        session.begin();
        version = session.queryLong("select version from account where id = '%s'".formatted(account));
    }

    private void changeVersion() throws SQLException {
        int changed = session.execute("update account set version = version + 1 where id = '%s' and version = %d"
                .formatted(account, version));
        if (changed == 0) {
            conflict = true;
            session.rollback();
        }
    }

    private void count() throws SQLException {
        session.execute("update account set version = version + %d where id = '%s'".formatted(events.size(), account));
        version =
                session.queryLong("select version - %d from account where id = '%s'".formatted(events.size(), account));
    }

    private void appendCounted() {
        session.appendCounted(IntStream.range(0, events.size())
                .mapToObj(i -> new CountedEvent(version + i + 1, events.get(i)))
                .toArray(CountedEvent[]::new));
    }

    private Streams streams() {
        return Streams.postgres(
                new StoredAggregates(Map.of(stream().type(), EventTable.STORED)),
                session.dataSource(),
                OutboxTables.ON_SEARCH_PATH);
    }

    private AggregateRef stream() {
        return events.get(0).aggregate();
    }

    private void readStream() {
        version = streams().versionOf(stream());
    }

    private void appendToStream() throws SQLException {
        if (streams().append(stream(), ExpectedVersion.exactly(version), events).isEmpty()) {
            conflict = true;
            session.rollback();
        }
    }

    private void append() {
        if (!conflict) {
            session.append(events.toArray(EventEnvelope[]::new));
        }
    }

    private void end() throws SQLException {
        if (conflict) {
            return;
        }
        if (commits) {
            // Entered before: whoever waits for the lock commits after it is free.
            committed.add(this);
            session.commit();
        } else {
            session.rollback();
        }
    }
}
