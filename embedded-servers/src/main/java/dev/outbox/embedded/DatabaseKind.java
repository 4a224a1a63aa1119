package dev.outbox.embedded;

import dev.outbox.devservices.internal.DatabaseServer;
import dev.outbox.devservices.internal.SharedServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases that tests run on. The server is started when its first database is created, and is shared by this JVM. */
public enum DatabaseKind {
    POSTGRESQL {
        @Override
        void createDatabase(String name) {
            postgres().createDatabase(name);
        }

        @Override
        void dropDatabase(String name) {
            try {
                postgres().dropDatabase(name);
            } catch (IllegalStateException e) {
                if (!(e.getCause() instanceof SQLException cause) || !IN_USE.equals(cause.getSQLState())) {
                    throw e;
                }
                // A server that is busy has not noticed yet that nobody reads from a replication slot any more.
                ReplicationSlots slots = new ReplicationSlots(dataSource(name));
                long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
                while (!slots.drop() && System.nanoTime() - deadline < 0) {
                    Thread.onSpinWait();
                }
                postgres().dropDatabase(name);
            }
        }

        @Override
        String jdbcUrl(String name) {
            return postgres().jdbcUrl(name);
        }

        @Override
        DataSource dataSource(String name) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(jdbcUrl(name));
            dataSource.setUser(user());
            dataSource.setPassword(password());
            return dataSource;
        }

        @Override
        String otherDatabase() {
            return "postgres";
        }

        @Override
        String user() {
            return postgres().user();
        }

        @Override
        String password() {
            return postgres().password();
        }
    },

    /** MySQL, if the servers are containers. */
    MARIADB {
        @Override
        void createDatabase(String name) {
            run(dataSource(otherDatabase()), "create database " + name);
        }

        @Override
        void dropDatabase(String name) {
            run(dataSource(otherDatabase()), "drop database if exists " + name);
        }

        @Override
        String jdbcUrl(String name) {
            return SharedMariaDb.SERVER.jdbcUrl(name);
        }

        @Override
        DataSource dataSource(String name) {
            try {
                MariaDbDataSource dataSource = new MariaDbDataSource(jdbcUrl(name));
                dataSource.setUser(user());
                dataSource.setPassword(password());
                return dataSource;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        String otherDatabase() {
            return "mysql";
        }

        @Override
        String user() {
            return MariaDbServer.USER;
        }

        @Override
        String password() {
            return MariaDbServer.PASSWORD;
        }
    },

    /** In memory; it lives until it is dropped. */
    H2 {
        @Override
        void createDatabase(String name) {
            run(dataSource(name), "select 1");
        }

        @Override
        void dropDatabase(String name) {
            run(dataSource(name), "shutdown immediately");
        }

        @Override
        String jdbcUrl(String name) {
            return "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=false".formatted(name);
        }

        @Override
        DataSource dataSource(String name) {
            JdbcDataSource dataSource = new JdbcDataSource();
            dataSource.setURL(jdbcUrl(name));
            dataSource.setUser(user());
            dataSource.setPassword(password());
            return dataSource;
        }

        @Override
        String otherDatabase() {
            throw new UnsupportedOperationException("A server of H2 in memory has one database");
        }

        @Override
        String user() {
            return "sa";
        }

        @Override
        String password() {
            return "";
        }
    };

    /** What PostgreSQL says of a database with a replication slot from which somebody reads. */
    private static final String IN_USE = "55006";

    /** Creates a database of PostgreSQL as a copy of another one, to which nobody may be connected. */
    static void copyDatabase(String name, String template) {
        postgres().createDatabase(name, template);
    }

    abstract void createDatabase(String name);

    abstract void dropDatabase(String name);

    abstract String jdbcUrl(String name);

    abstract DataSource dataSource(String name);

    abstract String otherDatabase();

    abstract String user();

    abstract String password();

    private static DatabaseServer postgres() {
        return switch (ServerKind.chosen()) {
            case EMBEDDED -> SharedServers.postgres(0).server();
            case CONTAINERS -> SharedPostgresContainer.SERVER;
        };
    }

    private static void run(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Failed: " + sql, e);
        }
    }

    private static final class SharedPostgresContainer {

        static final DatabaseServer SERVER = Containers.startedPostgres();
    }

    private static final class SharedMariaDb {

        static final MariaDbServer SERVER = switch (ServerKind.chosen()) {
            case EMBEDDED -> MariaDbServer.embedded();
            case CONTAINERS -> Containers.startedMySql();
        };
    }
}
