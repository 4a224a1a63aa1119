package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.schema.OutboxSchema;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The OpenAPI document that is committed, and served, describes the API as it is. {@code -Doutbox.openapi.write=true} writes it
 * anew.
 */
class OpenApiIT {

    private static final Path FILE = Path.of("../docs/api/outbox-console.json");

    private static final boolean WRITES = Boolean.getBoolean("outbox.openapi.write");

    private static final String SERVED = "/outbox/api/openapi.json";

    @RegisterExtension
    static final MigratedDatabase DATABASE = MigratedDatabase.by(OutboxSchema.class);

    private static TestConsole console;

    @BeforeAll
    static void start() {
        console = TestConsole.start(
                DATABASE,
                "--springdoc.api-docs.enabled=true",
                "--springdoc.api-docs.path=/outbox/api/generated",
                "--springdoc.paths-to-match=/outbox/api/**",
                "--springdoc.paths-to-exclude=" + SERVED);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void theDocumentIsThatOfTheCode() throws IOException {
        String generated = OpenApiDocument.of(
                console.get("viewer", "/outbox/api/generated").json(), types(), ConsoleAccessIT.ALLOWED);

        if (WRITES) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, generated);
        }
        assertThat(generated)
                .as("If the API was changed on purpose: run this test with -Doutbox.openapi.write=true")
                .doesNotContain("Missing in OpenApiDocument")
                .isEqualToNormalizingNewlines(Files.readString(FILE));
    }

    @Test
    void itHasEachRequest() throws IOException {
        Set<String> requests = new TreeSet<>(ConsoleAccessIT.ALLOWED.keySet());
        requests.remove("GET " + SERVED);

        assertThat(OpenApiDocument.requests(Files.readString(FILE))).isEqualTo(requests);
    }

    @Test
    void itIsServed() throws IOException {
        assumeThat(WRITES)
                .as("a document that was just written is served once it is built in")
                .isFalse();
        assertThat(console.get("viewer", SERVED).body()).isEqualToNormalizingNewlines(Files.readString(FILE));
    }

    /** What the methods of the API take and return. */
    private static Stream<Type> types() {
        return console
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()
                .stream()
                .filter(mapping -> mapping.getKey().getPatternValues().stream()
                        .anyMatch(path -> path.startsWith(OpenApiDocument.PREFIX + "/")))
                .map(mapping -> mapping.getValue())
                .map(HandlerMethod::getMethod)
                .flatMap(OpenApiIT::types);
    }

    private static Stream<Type> types(Method method) {
        return Stream.concat(
                Stream.of(method.getGenericReturnType()), Arrays.stream(method.getGenericParameterTypes()));
    }
}
