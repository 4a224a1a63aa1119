package dev.outbox.benchmark.handwritten;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Effects;
import dev.outbox.benchmark.contender.EventStoreContender;
import dev.outbox.benchmark.contender.Settings;
import dev.outbox.benchmark.handwritten.EventTable.Stored;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Streams in a table of one's own, on plain JDBC: the unique constraint notices who comes too late. */
final class HandwrittenEventStore implements EventStoreContender {

    private static final int STREAM = 50;
    private static final int STREAMS_IN_TRANSACTION = 20;

    private final HikariDataSource dataSource;
    private final TransactionTemplate transaction;
    private final EventTable table;
    private final Effects effects;
    private final JsonMapper mapper = new JsonMapper();
    private final EffectsLoop loop;
    private long filled;

    /**
     * @param belowXmin whether its loop reads what no open transaction can precede, and not just what comes next
     */
    HandwrittenEventStore(Settings settings, boolean belowXmin) {
        this.dataSource = settings.newPool();
        Business business = Business.of(dataSource);
        this.transaction = business.transaction();
        this.table = new EventTable(dataSource, belowXmin);
        this.effects = new Effects(business.jdbc());
        this.loop = new EffectsLoop(
                business,
                effects,
                mapper,
                place -> belowXmin ? table.pageBelowXmin(place, BATCH) : table.page(place, BATCH));
    }

    @Override
    public void deposit(String account, int version) {
        transaction.executeWithoutResult(status -> {
            @Nullable Account state = null;
            for (Stored row : table.read(account)) {
                state = Account.deposited(state, event(row));
            }
            requireVersion(state, version);
            table.insert("Account", account, version + 1, mapper.writeValueAsBytes(Deposited.to(account)));
        });
    }

    @Override
    public void depositWithSnapshots(String account, int version) {
        transaction.executeWithoutResult(status -> {
            @Nullable Account state = null;
            for (Stored row : table.readFromSnapshot(account)) {
                state = row.isSnapshot()
                        ? mapper.readValue(row.payload(), Account.class)
                        : Account.deposited(state, event(row));
            }
            requireVersion(state, version);
            Deposited event = Deposited.to(account);
            table.insert("KeptAccount", account, version + 1, mapper.writeValueAsBytes(event));
            if ((version + 1) % SNAPSHOT_EVERY == 0) {
                table.saveSnapshot(account, version + 1, mapper.writeValueAsBytes(Account.deposited(state, event)));
            }
        });
    }

    private Deposited event(Stored row) {
        return mapper.readValue(row.payload(), Deposited.class);
    }

    private static void requireVersion(@Nullable Account account, int version) {
        if ((account == null ? 0 : account.deposits()) != version) {
            throw new IllegalStateException("%s has another version than %d".formatted(account, version));
        }
    }

    @Override
    public void fill(long events) {
        table.clear();
        for (int version = 0; version < STREAM; version++) {
            deposit("history-1", version);
        }
        for (long stream = 2; stream <= events / STREAM; stream += STREAMS_IN_TRANSACTION) {
            long first = stream;
            long last = Math.min(stream + STREAMS_IN_TRANSACTION - 1, events / STREAM);
            transaction.executeWithoutResult(status -> table.copyStreams(first, last));
        }
        filled = events / STREAM * STREAM;
    }

    @Override
    public void startRebuild() {
        effects.clear();
        loop.start();
    }

    @Override
    public long rebuilt() {
        long handled = loop.handled();
        return handled >= filled ? DONE : handled;
    }

    @Override
    public void stopRebuild() throws InterruptedException {
        loop.stop();
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
