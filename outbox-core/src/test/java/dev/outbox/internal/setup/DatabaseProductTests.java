package dev.outbox.internal.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseProductTests {

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, 12, 22, 12.22, PostgreSQL 13",
        "PostgreSQL, 9, 6, 9.6.24, PostgreSQL 13",
        "MariaDB, 10, 5, 10.5.29-MariaDB, MariaDB 10.6",
        "MySQL, 5, 7, 5.7.44, MySQL 8",
        "H2, 1, 4, 1.4.200, H2 2.2"
    })
    void aServerThatIsTooOldIsRefusedWithTheVersionThatWorks(
            String name, int major, int minor, String version, String oldest) {
        assertThatExceptionOfType(OutboxSetupException.class)
                .isThrownBy(() -> DatabaseProduct.of(server(name, major, minor, version)))
                .withMessage("The outbox needs %s or later, but its DataSource is on %s".formatted(oldest, version));
    }

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, 13, 0, 13.0, POSTGRESQL",
        "EnterpriseDB, 17, 2, 17.2, POSTGRESQL",
        "MariaDB, 10, 6, 10.6.1-MariaDB, MARIADB",
        "MySQL, 11, 4, 11.4.5-MariaDB, MARIADB",
        "MySQL, 8, 4, 8.4.3, MYSQL",
        "H2, 2, 4, 2.4.240, H2"
    })
    void aServerIsKnownByWhatItSaysOfItself(
            String name, int major, int minor, String version, DatabaseProduct product) {
        assertThat(DatabaseProduct.of(server(name, major, minor, version))).isEqualTo(product);
    }

    @Test
    void anotherDatabaseIsRefusedByItsNameAndWhatWorksIsNamed() {
        assertThatExceptionOfType(OutboxSetupException.class)
                .isThrownBy(() -> DatabaseProduct.of(server("Oracle", 23, 0, "23.4")))
                .withMessage("The outbox does not work on Oracle, and its DataSource is on it")
                .satisfies(refused -> assertThat(refused.fix())
                        .startsWith("Configure a DataSource on PostgreSQL 13, MariaDB 10.6, MySQL 8 or later;"
                                + " for development and tests, H2"));
    }

    @Test
    void aDatabaseIsFoundOrNot() {
        assertThat(DatabaseProduct.find(server("H2", 2, 4, "2.4.240"))).contains(DatabaseProduct.H2);
        assertThat(DatabaseProduct.find(server("Oracle", 23, 0, "23.4"))).isEmpty();
    }

    /** What an old server says of itself; there is none here to ask. */
    private static DataSource server(String product, int major, int minor, String version) {
        DatabaseMetaData server =
                answering(DatabaseMetaData.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getDatabaseProductName" -> product;
                    case "getDatabaseMajorVersion" -> major;
                    case "getDatabaseMinorVersion" -> minor;
                    case "getDatabaseProductVersion" -> version;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        Connection connection = answering(
                Connection.class, (proxy, method, arguments) -> method.getName().equals("getMetaData") ? server : null);
        return answering(DataSource.class, (proxy, method, arguments) -> connection);
    }

    private static <T> T answering(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
