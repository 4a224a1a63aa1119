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

/** docs/schema/postgresql.sql, for those who apply the DDL by hand, against the migrations in the jar. */
class SchemaTests {

    @Test
    void theDocumentedDdlIsThatOfTheMigrations() throws IOException {
        Resource[] migrations =
                new PathMatchingResourcePatternResolver().getResources("classpath*:dev/outbox/db/postgresql/V*.sql");
        String ddl = Arrays.stream(migrations)
                .sorted(comparing(SchemaTests::version))
                .map(SchemaTests::text)
                .collect(Collectors.joining("\n"));
        assertThat(Documentation.read("docs/schema/postgresql.sql")).isEqualTo(ddl);
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
