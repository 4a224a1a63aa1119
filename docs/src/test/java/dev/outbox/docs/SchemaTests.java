package dev.outbox.docs;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The files in docs/schema, for those who apply the DDL by hand, against the migrations in the jar. */
class SchemaTests {

    @Test
    void theDocumentedDdlIsThatOfTheMigrations() throws IOException {
        assertThat(Documentation.read("docs/schema/postgresql.sql")).isEqualTo(migrations("postgresql"));
    }

    @Test
    void theDocumentedDdlOfMariaDbNamesItsCollation() throws IOException {
        assertThat(Documentation.read("docs/schema/mariadb.sql"))
                .isEqualTo(migrations("mariadb").replace("${collation}", "utf8mb4_nopad_bin"));
    }

    @Test
    void theDocumentedDdlOfTheEventStoreIsThatOfItsMigrations() throws IOException {
        assertThat(Documentation.read("docs/schema/postgresql-eventstore.sql"))
                .isEqualTo(migrationsIn("dev/outbox/eventstore/db/postgresql"));
    }

    @Test
    void theDocumentedDdlOfTheImportIsThatOfItsMigrations() throws IOException {
        assertThat(Documentation.read("docs/schema/postgresql-import.sql"))
                .isEqualTo(migrationsIn("dev/outbox/importer/db/postgresql"));
    }

    private static String migrations(String database) throws IOException {
        return migrationsIn("dev/outbox/db/" + database);
    }

    private static String migrationsIn(String folder) throws IOException {
        Resource[] migrations =
                new PathMatchingResourcePatternResolver().getResources("classpath*:%s/V*.sql".formatted(folder));
        return Arrays.stream(migrations)
                .sorted(comparing(SchemaTests::version))
                .map(SchemaTests::text)
                .collect(Collectors.joining("\n"));
    }

    private static Integer version(Resource migration) {
        String name = String.valueOf(migration.getFilename());
        return Integer.valueOf(name.substring("V".length(), name.indexOf("__")));
    }

    private static String text(Resource migration) {
        try {
            return migration.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
