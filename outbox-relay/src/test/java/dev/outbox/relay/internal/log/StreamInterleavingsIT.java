package dev.outbox.relay.internal.log;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.relay.StoredTables;
import dev.outbox.relay.internal.log.BusinessTransaction.Locking;
import java.util.stream.Stream;

/** The same for writers that append to streams, under the version that they have read: who comes too late writes nothing. */
class StreamInterleavingsIT extends InterleavingsIT {

    @Override
    MigratedDatabase tables() {
        return MigratedDatabase.by(StoredTables.class);
    }

    @Override
    Stream<Setting> settings() {
        Writes one = new Writes("a", 1, true);
        Writes two = new Writes("a", 2, true);
        Writes others = new Writes("b", 2, true);
        Writes undone = new Writes("a", 2, false);
        return Stream.of(
                new Setting(Locking.STREAM, one, one, 1_000),
                new Setting(Locking.STREAM, two, undone, 1_000),
                new Setting(Locking.STREAM, two, others, 1));
    }
}
