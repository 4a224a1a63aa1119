package dev.outbox.producer.internal.write;

import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One writer with a transaction of its own that a test steps through. */
public final class OutboxSession implements AutoCloseable {

    private final Connection connection;
    private final SingleConnectionDataSource dataSource;
    private final OutboxWriter writer;
    private final DatabaseProduct product;

    public OutboxSession(DataSource database) throws SQLException {
        this.connection = database.getConnection();
        this.connection.setAutoCommit(false);
        this.dataSource = new SingleConnectionDataSource(connection, true);
        this.product = DatabaseProduct.of(dataSource);
        this.writer = OutboxWriter.on(product, dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return what joins the transaction} */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Makes the transaction draw its id, as any earlier write of the business does. */
    public OutboxSession begin() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(product == DatabaseProduct.POSTGRESQL ? "select pg_current_xact_id()" : "select 1");
        }
        return this;
    }

    public OutboxSession append(EventEnvelope... events) {
        writer.append(List.of(events));
        return this;
    }

    public OutboxSession appendCounted(CountedEvent... events) {
        writer.appendCounted(List.of(events));
        return this;
    }

    public OutboxSession savepoint() throws SQLException {
        connection.setSavepoint();
        return this;
    }

    public OutboxSession commit() throws SQLException {
        connection.commit();
        return this;
    }

    public OutboxSession rollback() throws SQLException {
        connection.rollback();
        return this;
    }

    public int backendPid() throws SQLException {
        return switch (product) {
            case POSTGRESQL -> (int) queryLong("select pg_backend_pid()");
            case MARIADB, MYSQL -> (int) queryLong("select connection_id()");
            case H2 -> (int) queryLong("select session_id()");
        };
    }

    /** {@return how many rows were changed} */
    public int execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.execute(sql) ? 0 : statement.getUpdateCount();
        }
    }

    public long queryLong(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
