package dev.outbox.relay.debezium;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The database that a connector reads.
 *
 * @param product what kind of database
 * @param host its server
 * @param port the server's port
 * @param database its name
 */
record ConnectorSource(Product product, String host, String port, String database) {

    private static final Pattern URL =
            Pattern.compile("jdbc:(postgresql|mariadb|mysql)://([^/:,?]+)(?::(\\d+))?/([^/?;]+)(?:[?;].*)?");

    /** A database that Debezium has a connector for. */
    enum Product {
        POSTGRESQL("io.debezium.connector.postgresql.PostgresConnector", "5432"),
        MARIADB("io.debezium.connector.mariadb.MariaDbConnector", "3306"),
        MYSQL("io.debezium.connector.mysql.MySqlConnector", "3306");

        private final String connector;
        private final String port;

        Product(String connector, String port) {
            this.connector = connector;
            this.port = port;
        }

        String connector() {
            return connector;
        }
    }

    static ConnectorSource of(String jdbcUrl) {
        Matcher url = URL.matcher(jdbcUrl);
        if (!url.matches()) {
            throw new IllegalArgumentException(("'%s' does not say which server and database Debezium should read. Use"
                            + " jdbc:postgresql://host:port/database, or the same with mariadb or mysql")
                    .formatted(jdbcUrl.replaceFirst("[?;].*", "")));
        }
        Product product = switch (url.group(1)) {
            case "postgresql" -> Product.POSTGRESQL;
            case "mariadb" -> Product.MARIADB;
            default -> Product.MYSQL;
        };
        String port = url.group(3) == null ? product.port : url.group(3);
        return new ConnectorSource(product, url.group(2), port, url.group(4));
    }
}
