package dev.outbox.eventstore.internal.projection.generation;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** The tables of projections: what is made, moved and dropped of them, in the transaction of the caller. Thread-safe. */
public interface ProjectedTables {

    /** {@return those of a database} */
    static ProjectedTables of(DataSource dataSource) {
        return new JdbcProjectedTables(dataSource);
    }

    /**
     * {@return the schema in which a connection finds the tables}
     *
     * @throws InvalidProjectionException if it does not find them all, or in several schemas
     */
    String home(String projection, List<String> tables);

    /** {@return what of these tables a copy would not have, or could not have, each as a sentence; empty if they can be rebuilt} */
    List<String> obstacles(String schema, List<String> tables);

    /** Makes a schema with empty tables that are the same but for their rows, down to the names of indexes and the grants. */
    void copy(String from, List<String> tables, String to);

    /** {@return the tables of a schema} */
    List<String> in(String schema);

    /** Moves tables to a schema, which is made if need be. */
    void move(List<String> tables, String from, String to);

    /** Drops a schema with all that is in it, if it exists. */
    void drop(String schema);

    /** Lets statements of the transaction wait for locks no longer than that. */
    void waitForLocks(Duration longest);

    /** Lets unqualified names of the transaction be looked up in a schema first, and then where the connection looks anyway. */
    void lookFirstIn(String schema);

    /** Ends that. */
    void lookAsBefore();
}
