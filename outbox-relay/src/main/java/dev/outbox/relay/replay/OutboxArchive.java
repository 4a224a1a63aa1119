package dev.outbox.relay.replay;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** The published events that the outbox still retains. */
interface OutboxArchive {

    /**
     * Reads published events in order of {@code seq}, page by page. Events that are not published yet are left to the relay,
     * so that no event overtakes an earlier one of its aggregate. Events that are published while this runs are left out as
     * well.
     *
     * @param selection which events
     * @param budget limits of a page
     * @param pages takes each page, none of which is empty, while no transaction is open; false ends the reading
     * @throws IllegalStateException if no event is known to be published
     * @throws org.springframework.dao.DataAccessException if the database cannot be read
     */
    void read(EventSelection selection, ReadBudget budget, Predicate<List<OutboxRow>> pages);

    /**
     * {@return what {@link #read} would read now}
     *
     * @throws IllegalStateException if no event is known to be published
     * @throws org.springframework.dao.DataAccessException if the database cannot be read
     */
    ReplayEstimate estimate(EventSelection selection);

    /** {@return the archive in PostgreSQL; thread-safe, each page is a transaction of its own} */
    static OutboxArchive postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the archive on any of our databases; where published events are deleted, it refuses each read} */
    static OutboxArchive on(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return product.keepsPublished() ? postgres(dataSource, tables) : new NoArchive(product);
    }

    /** {@return the same, on given tables} */
    static OutboxArchive postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcOutboxArchive(dataSource, tables);
    }
}
