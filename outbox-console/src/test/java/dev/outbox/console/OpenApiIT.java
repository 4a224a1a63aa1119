package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.outbox.console.TestConsole.Answer;
import dev.outbox.embedded.LimitedTopic;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.OutboxSchema;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document that is committed, and served, describes the API as it is. {@code -Doutbox.openapi.write=true} writes it
 * anew.
 */
class OpenApiIT {

    private static final Path FILE = Path.of("../docs/api/outbox-console.json");

    private static final boolean WRITES = Boolean.getBoolean("outbox.openapi.write");

    private static final String SERVED = "/outbox/api/openapi.json";

    private static final String PREFIX_OF_INBOX = "/outbox/api/inbox/parked";

    @RegisterExtension
    static final MigratedDatabase DATABASE = MigratedDatabase.by(OutboxSchema.class);

    private static final String[] GENERATED = {
        "--springdoc.api-docs.enabled=true",
        "--springdoc.api-docs.path=/outbox/api/generated",
        "--springdoc.paths-to-match=/outbox/api/**",
        "--springdoc.paths-to-exclude=" + SERVED
    };

    private static TestConsole console;
    private static TestConsole service;
    private static EventEnvelope parked;

    @BeforeAll
    static void start() {
        console = TestConsole.start(DATABASE, GENERATED);
        TestBooks books = new TestBooks();
        service = TestConsole.startService(DATABASE, books, GENERATED);
        books.order("emma", "ada");
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> !service.get("viewer", PREFIX_OF_INBOX).json().isEmpty());
        TestOutbox outbox = new TestOutbox(DATABASE);
        parked = outbox.commit(outbox.event("bad", LimitedTopic.TOO_LARGE)).get(0);
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> console.get("viewer", "/outbox/api/parked/count")
                                .json()
                                .at("/events")
                                .asInt()
                        == 1);
        console.post("operator", "/outbox/api/parked/release", "{\"aggregateId\":\"none\",\"seen\":0}");
    }

    @AfterAll
    static void stop() {
        service.close();
        console.close();
    }

    @Test
    void theDocumentIsThatOfTheCode() throws IOException {
        String generated = OpenApiDocument.of(
                List.of(
                        console.get("viewer", "/outbox/api/generated").json(),
                        service.get("viewer", "/outbox/api/generated").json()),
                Stream.concat(types(console), types(service)),
                allowed());

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
        Set<String> requests = new TreeSet<>(allowed().keySet());
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outboxes",
                "overview",
                "lanes",
                "events",
                "events/{id}",
                "events/{id}/trail",
                "events/{id}/payload",
                "parked",
                "parked/count",
                "parked/events?aggregateType=Order&aggregateId=bad",
                "parked/topics",
                "parked/releases",
                "replays",
                "consumers",
                "targets",
                "catalog",
                "audit",
                "inbox/parked",
                "inbox/parked/causes",
                "inbox/parked/events?consumer={group}&topic={group}&key=emma",
                "inbox/parked/events/{number}",
                "inbox/parked/events/{number}/payload"
            })
    void anAnswerIsAsItSays(String request) throws IOException {
        JsonNode document = JsonMapper.shared().readTree(Files.readString(FILE));
        String path = OpenApiDocument.PREFIX + "/" + request;
        ObjectNode schema = (ObjectNode) document.at("/paths")
                .path(path.replaceFirst("\\?.*", "").replace("{number}", "{id}"))
                .at("/get/responses/200/content/application~1json/schema")
                .deepCopy();
        schema.set("components", document.path("components"));

        Answer answer = path.contains("/inbox/")
                ? service.get("admin", path.replace("{group}", group()).replace("{number}", number()))
                : console.get("admin", path.replace("{id}", parked.id().toString()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema)
                        .validate(answer.json()))
                .as(answer.body())
                .isEmpty();
    }

    @Test
    void aRefusalIsAsItSays() throws IOException {
        JsonNode problem = JsonMapper.shared().readTree(Files.readString(FILE)).at("/components/schemas/Problem");
        for (Answer answer : List.of(
                console.get(null, SERVED),
                console.get("payload", SERVED),
                console.get("viewer", OpenApiDocument.PREFIX + "/events/1"),
                console.post("operator", OpenApiDocument.PREFIX + "/parked/release", "{\"seen\":77}"))) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(problem)
                            .validate(answer.json()))
                    .isEmpty();
            assertThat(problem.path("properties").propertyNames())
                    .containsAll(answer.json().propertyNames());
        }
    }

    private static Map<String, Set<String>> allowed() {
        Map<String, Set<String>> allowed = new HashMap<>(ConsoleAccessIT.ALLOWED);
        allowed.putAll(ConsoleAccessIT.ALLOWED_IN_INBOX);
        return allowed;
    }

    private static String group() {
        return service.get("viewer", PREFIX_OF_INBOX).json().at("/0/key/topic").asString();
    }

    private static String number() {
        return service.get(
                        "viewer", PREFIX_OF_INBOX + "/events?consumer=%s&topic=%s&key=emma".formatted(group(), group()))
                .json()
                .at("/0/id")
                .asString();
    }

    /** What the methods of the API take and return. */
    private static Stream<Type> types(TestConsole of) {
        return of
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
