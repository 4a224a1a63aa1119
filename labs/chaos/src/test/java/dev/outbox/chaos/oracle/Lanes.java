package dev.outbox.chaos.oracle;

import dev.outbox.embedded.DatabaseKind;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** What the tables tell about the progress of the relays. */
public interface Lanes {

    /** {@return the lanes of a database} */
    static Lanes on(DatabaseKind kind, DataSource dataSource) {
        return kind == DatabaseKind.POSTGRESQL ? new LanesOfPostgres(dataSource) : new LanesOfMariaDb(dataSource);
    }

    /** {@return how many committed events are still to be published} */
    long unpublished();

    /** {@return whether all that is committed now is published; to be asked until it is} */
    BooleanSupplier isPublishedUpToNow();

    /** {@return the relays that own lanes, each by its name and what it adds to it} */
    Set<String> owners();

    /** {@return where each lane stands, for a message; also if the database does not answer} */
    String describe();

    /** {@return how many lanes there are, owned or not} */
    int count();
}
