package dev.outbox.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A MariaDB or MySQL server, and its user who may do everything. */
public record MariaDbServer(String host, int port) {

    static final String USER = "app";
    static final String PASSWORD = "app";

    /** Root may log in by the socket alone. What everybody may do in databases that are called test would hide what is missing. */
    static final String INIT = """
            create user if not exists 'app'@'%' identified by 'app';
            grant all privileges on *.* to 'app'@'%' with grant option;
            delete from mysql.db where db like 'test%';
            flush privileges;
            """;

    /** Starts MariaDB in a process that ends with this JVM. */
    public static MariaDbServer embedded(String... more) {
        try {
            return MariaDbProcess.start(Files.createTempDirectory("outbox-mariadb-"), more)
                    .server();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String user() {
        return USER;
    }

    public String password() {
        return PASSWORD;
    }

    /** {@return where a database of this server is} */
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://%s:%d/%s".formatted(host, port, database);
    }

    void createUser(String root, String rootPassword) {
        String url = jdbcUrl("mysql") + "?allowPublicKeyRetrieval=true&allowMultiQueries=true";
        try (Connection connection = DriverManager.getConnection(url, root, rootPassword);
                Statement statement = connection.createStatement()) {
            statement.execute(INIT);
        } catch (SQLException e) {
            throw new IllegalStateException("The user of the tests cannot be made", e);
        }
    }
}
