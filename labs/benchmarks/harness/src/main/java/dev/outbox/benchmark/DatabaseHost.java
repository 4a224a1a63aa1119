package dev.outbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;

/** A database server in a process of its own, on which each of its contenders has a database. */
interface DatabaseHost extends AutoCloseable {

    /** {@return its product, and the settings that it tells itself} */
    String settings() throws SQLException;

    /**
     * Creates a database with the accounts.
     *
     * @return its JDBC URL
     */
    String create(String database) throws SQLException;

    String jdbcUrl(String database);

    String user();

    String password();

    /** {@return a new session} */
    default Database database(String name) throws SQLException {
        return new Database(jdbcUrl(name), user(), password());
    }

    /** After a backlog was made: what is left to be written is written, and the planner knows the tables. */
    void settle(String database) throws SQLException;

    /** {@return what the server has spent so far} */
    Spent spent(String database) throws SQLException, IOException;

    @Override
    void close() throws SQLException;

    /**
     * What a server has spent.
     *
     * @param cpu seconds, of all its processes
     * @param statements in the contender's database
     * @param deadRows rows that UPDATE and DELETE statements have hit
     * @param logBytes written to its log, the WAL or the redo log, for all databases
     */
    record Spent(double cpu, long statements, long deadRows, long logBytes) {}
}
