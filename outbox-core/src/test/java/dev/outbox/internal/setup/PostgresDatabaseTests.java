package dev.outbox.internal.setup;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresDatabaseTests {

    @ParameterizedTest
    @CsvSource({"12, 12.22", "9, 9.6.24"})
    void aServerThatIsTooOldIsRefusedWithTheVersionThatWorks(int major, String version) {
        assertThatExceptionOfType(OutboxSetupException.class)
                .isThrownBy(() -> PostgresDatabase.require(server("PostgreSQL", major, version)))
                .withMessage("The outbox needs PostgreSQL 13 or later, but its DataSource is on " + version);
    }

    @Test
    void theOldestThatWorksIsNot() {
        assertThatNoException().isThrownBy(() -> PostgresDatabase.require(server("PostgreSQL", 13, "13.0")));
    }

    @Test
    void anotherDatabaseIsRefusedByItsName() {
        assertThatExceptionOfType(OutboxSetupException.class)
                .isThrownBy(() -> PostgresDatabase.require(server("MySQL", 9, "9.1")))
                .withMessage("The outbox needs PostgreSQL, but its DataSource is on MySQL");
    }

    /** What an old server says of itself; there is none here to ask. */
    private static DataSource server(String product, int major, String version) {
        DatabaseMetaData server =
                answering(DatabaseMetaData.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getDatabaseProductName" -> product;
                    case "getDatabaseMajorVersion" -> major;
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
