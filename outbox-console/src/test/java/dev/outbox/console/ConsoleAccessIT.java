package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.console.TestConsole.Answer;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.schema.OutboxSchema;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Everything is closed but bare health, and what each role may do is what is written here. */
class ConsoleAccessIT {

    /** Where people sign in, and what is answered when something has failed. */
    private static final Set<String> OPEN =
            Set.of("/outbox/sign-in", "${server.error.path:${error.path:/error}}", "/error");

    private static final String ANY = "00000000-0000-7000-8000-000000000000";

    /** Who may do what; a refused request is one that ends with 403, whatever an allowed one ends with. */
    static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("GET /outbox/api/openapi.json", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/outboxes", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/overview", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/events", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/events/{id}", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/events/{id}/trail", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/events/{id}/payload", Set.of("payload", "admin")),
            Map.entry("GET /outbox/api/parked", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/parked/count", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/parked/events", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/parked/events/{id}/payload", Set.of("payload", "admin")),
            Map.entry("GET /outbox/api/parked/topics", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("POST /outbox/api/parked/release", Set.of("operator", "admin")),
            Map.entry("GET /outbox/api/parked/releases", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/parked/releases/{id}", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("POST /outbox/api/parked/releases/{id}/stop", Set.of("operator", "admin")),
            Map.entry("POST /outbox/api/parked/discard", Set.of("admin")),
            Map.entry("POST /outbox/api/parked/events/{id}/discard", Set.of("admin")),
            Map.entry("POST /outbox/api/parked/events/{id}/edit", Set.of("admin")),
            Map.entry("POST /outbox/api/parked/topics/{topic}/discard", Set.of("admin")),
            Map.entry("GET /outbox/api/lanes", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("POST /outbox/api/lanes/rebase", Set.of("admin")),
            Map.entry("GET /outbox/api/replays", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/replays/{id}", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("POST /outbox/api/replays", Set.of("operator", "admin")),
            Map.entry("POST /outbox/api/replays/estimate", Set.of("operator", "admin")),
            Map.entry("POST /outbox/api/replays/{id}/stop", Set.of("operator", "admin")),
            Map.entry("GET /outbox/api/consumers", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/targets", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/catalog", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/audit", Set.of("auditor", "admin")));

    /** What a service with an inbox has in addition. */
    static final Map<String, Set<String>> ALLOWED_IN_INBOX = Map.ofEntries(
            Map.entry("GET /outbox/api/inbox/parked", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/inbox/parked/causes", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/inbox/parked/events", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/inbox/parked/events/{id}", Set.of("viewer", "operator", "admin", "auditor")),
            Map.entry("GET /outbox/api/inbox/parked/events/{id}/payload", Set.of("payload", "admin")),
            Map.entry("POST /outbox/api/inbox/parked/release", Set.of("operator", "admin")),
            Map.entry("POST /outbox/api/inbox/parked/discard", Set.of("admin")),
            Map.entry("POST /outbox/api/inbox/parked/events/{id}/discard", Set.of("admin")));

    private static final Set<String> ANYBODY_WITH_A_VIEW = Set.of("viewer", "operator", "admin", "auditor");
    private static final Set<String> WHO_RELEASES = Set.of("operator", "admin");
    private static final Set<String> WHO_DISCARDS = Set.of("admin");
    private static final Set<String> WHO_READS = Set.of("payload", "admin");

    /** The same for the pages. */
    private static final Map<String, Set<String>> ALLOWED_PAGES = Map.ofEntries(
            Map.entry("GET /outbox", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/events", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/events/{id}", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/events/{id}/payload", WHO_READS),
            Map.entry("GET /outbox/parked", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/parked/key", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/parked/events/{id}/payload", WHO_READS),
            Map.entry("GET /outbox/parked/release", WHO_RELEASES),
            Map.entry("POST /outbox/parked/release", WHO_RELEASES),
            Map.entry("GET /outbox/parked/releases/{id}", ANYBODY_WITH_A_VIEW),
            Map.entry("POST /outbox/parked/releases/{id}/stop", WHO_RELEASES),
            Map.entry("GET /outbox/parked/discard", WHO_DISCARDS),
            Map.entry("POST /outbox/parked/discard", WHO_DISCARDS),
            Map.entry("GET /outbox/parked/events/{id}/discard", WHO_DISCARDS),
            Map.entry("POST /outbox/parked/events/{id}/discard", WHO_DISCARDS),
            Map.entry("GET /outbox/parked/events/{id}/edit", WHO_DISCARDS),
            Map.entry("POST /outbox/parked/events/{id}/edit", WHO_DISCARDS),
            Map.entry("GET /outbox/parked/topics/{topic}/discard", WHO_DISCARDS),
            Map.entry("POST /outbox/parked/topics/{topic}/discard", WHO_DISCARDS),
            Map.entry("GET /outbox/lanes", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/lanes/rebase", WHO_DISCARDS),
            Map.entry("POST /outbox/lanes/rebase", WHO_DISCARDS),
            Map.entry("GET /outbox/replays", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/replays/{id}", ANYBODY_WITH_A_VIEW),
            Map.entry("POST /outbox/replays", WHO_RELEASES),
            Map.entry("POST /outbox/replays/estimate", WHO_RELEASES),
            Map.entry("POST /outbox/replays/{id}/stop", WHO_RELEASES),
            Map.entry("GET /outbox/consumers", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/targets", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/catalog", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/audit", Set.of("auditor", "admin")));

    private static final Map<String, Set<String>> ALLOWED_INBOX_PAGES = Map.ofEntries(
            Map.entry("GET /outbox/inbox/parked", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/inbox/parked/key", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/inbox/parked/events/{id}", ANYBODY_WITH_A_VIEW),
            Map.entry("GET /outbox/inbox/parked/events/{id}/payload", WHO_READS),
            Map.entry("GET /outbox/inbox/parked/release", WHO_RELEASES),
            Map.entry("POST /outbox/inbox/parked/release", WHO_RELEASES),
            Map.entry("GET /outbox/inbox/parked/discard", WHO_DISCARDS),
            Map.entry("POST /outbox/inbox/parked/discard", WHO_DISCARDS),
            Map.entry("GET /outbox/inbox/parked/events/{id}/discard", WHO_DISCARDS),
            Map.entry("POST /outbox/inbox/parked/events/{id}/discard", WHO_DISCARDS));

    /** What there is with a relay and without one. */
    private static final Set<String> WITH_OR_WITHOUT_AN_OUTBOX =
            Set.of("openapi.json", "consumers", "catalog", "audit");

    /** What is shown instead of a page that is denied, or does not exist. */
    private static final Set<String> INSTEAD_OF_A_PAGE = Set.of(
            "GET /outbox/denied", "GET /outbox/{page:(?!api$|assets$).+}", "GET /outbox/{page:(?!api$|assets$).+}/**");

    @RegisterExtension
    static final MigratedDatabase DATABASE = MigratedDatabase.by(OutboxSchema.class);

    private static TestConsole console;

    @BeforeAll
    static void start() {
        console = TestConsole.start(
                DATABASE,
                "--management.endpoints.web.exposure.include=*",
                "--outbox.console.longest-body=4096",
                "--management.endpoint.shutdown.access=unrestricted");
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void eachRoleMayDoWhatIsListedAndNothingElse() {
        assertThatRolesMayDo(console, ALLOWED);
    }

    @Test
    void eachRoleSeesThePagesThatAreListedAndNoOthers() {
        assertThatRolesSee(console, ALLOWED_PAGES);
    }

    @Test
    void theSameHoldsInAServiceWithAnInboxAndWithoutARelay() {
        Map<String, Set<String>> requests = new HashMap<>(ALLOWED_IN_INBOX);
        Map<String, Set<String>> pages = new HashMap<>(ALLOWED_INBOX_PAGES);
        pages.put("GET /outbox", ANYBODY_WITH_A_VIEW);
        for (String both : WITH_OR_WITHOUT_AN_OUTBOX) {
            requests.put("GET /outbox/api/" + both, ALLOWED.get("GET /outbox/api/" + both));
            Set<String> who = ALLOWED_PAGES.get("GET /outbox/" + both);
            if (who != null) {
                pages.put("GET /outbox/" + both, who);
            }
        }

        try (TestConsole service = TestConsole.startService(DATABASE, new TestBooks())) {
            assertThatRolesMayDo(service, requests);
            assertThatRolesSee(service, pages);
            assertThat(mappings(service, "/outbox").stream()
                            .map(mapping -> send(service, null, mapping).status()))
                    .as("without signing in")
                    .containsOnly(302, 401, 403);
        }
    }

    private static void assertThatRolesMayDo(TestConsole asked, Map<String, Set<String>> allowed) {
        assertThat(mappings(asked, "/outbox/api")).isEqualTo(new TreeSet<>(allowed.keySet()));
        allowed.forEach((mapping, roles) -> TestConsole.USERS.forEach(user -> {
            int status = send(asked, user, mapping).status();
            if (roles.contains(user)) {
                assertThat(status)
                        .as("%s as %s", mapping, user)
                        .isNotIn(401, 403)
                        .isLessThan(500);
            } else {
                assertThat(status).as("%s as %s", mapping, user).isEqualTo(403);
            }
        }));
    }

    private static void assertThatRolesSee(TestConsole asked, Map<String, Set<String>> allowed) {
        Set<String> pages = mappings(asked, "/outbox");
        pages.removeIf(mapping -> mapping.contains(" /outbox/api/") || INSTEAD_OF_A_PAGE.contains(mapping));
        assertThat(pages).isEqualTo(new TreeSet<>(allowed.keySet()));
        TestConsole.USERS.forEach(user -> {
            TestVisitor visitor = TestVisitor.signedIn(asked, user);
            String token = TestVisitor.form(visitor.get("/outbox"), "/outbox/sign-out").formData().stream()
                    .filter(field -> field.key().equals("_csrf"))
                    .findFirst()
                    .orElseThrow()
                    .value();
            allowed.forEach((mapping, roles) -> {
                String path = path(mapping);
                int status = mapping.startsWith("GET")
                        ? visitor.get(path).status()
                        : visitor.post(path, Map.of("_csrf", token)).status();
                if (roles.contains(user)) {
                    assertThat(status)
                            .as("%s as %s", mapping, user)
                            .isNotIn(401, 403)
                            .isLessThan(500);
                } else {
                    assertThat(status).as("%s as %s", mapping, user).isEqualTo(403);
                }
                if (mapping.startsWith("POST")) {
                    assertThat(visitor.post(path, Map.of()).status())
                            .as("%s as %s from another site", mapping, user)
                            .isEqualTo(403);
                }
            });
        });
    }

    /** What Spring MVC maps, and what Actuator exposes, without signing in. */
    @Test
    void onlyBareHealthIsOpen() {
        Stream.concat(mappings(console, "/").stream(), endpoints())
                .forEach(mapping -> assertThat(send(console, null, mapping).status())
                        .as(mapping)
                        .isIn(301, 302, 401, 403));
        Answer health = console.get(null, "/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().has("components")).as("details").isFalse();
        assertThat(console.get("viewer", "/actuator/health").json().has("components"))
                .isTrue();
        assertThat(console.get("viewer", "/actuator/mappings").status()).isEqualTo(200);
        assertThat(console.get(null, "/").status()).isEqualTo(401);
        assertThat(console.get("admin", "/somewhere").status()).isEqualTo(403);
    }

    @Test
    void aWrongPasswordIsAProblemThatABrowserDoesNotAskAbout() {
        Answer refused = console.send(
                console.request(null, "/outbox/api/parked").header("Authorization", "Basic dmlld2VyOndyb25n"));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().at("/detail").asString())
                .isEqualTo("Sign in by HTTP Basic, as a user of outbox.console.users.");
        assertThat(refused.response().headers().firstValue("WWW-Authenticate").orElseThrow())
                .doesNotStartWith("Basic");
    }

    @Test
    void aDecisionIsNotTakenFromAForm() {
        Answer refused = console.send(console.request("operator", "/outbox/api/parked/release")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("seen=0")));

        assertThat(refused.status()).isEqualTo(415);
    }

    @Test
    void aRequestThatIsTooLongIsRefused() {
        String body = "{\"aggregateId\":\"" + "x".repeat(5_000) + "\",\"seen\":0}";

        assertThat(console.post("operator", "/outbox/api/parked/release", body).status())
                .isEqualTo(413);
        assertThat(console.send(console.request("operator", "/outbox/api/parked/release")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(body))))
                        .status())
                .as("without saying how long it is")
                .isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/outbox/api/../api/audit",
                "/outbox/api/%2e%2e/audit",
                "/outbox/api//audit",
                "/outbox/api/parked/..;/audit",
                "/outbox/api/audit;x=y",
                "/outbox/api/audit/",
                "/outbox/api/audit%00",
                "/OUTBOX/API/audit"
            })
    void anotherSpellingOfAnAddressOpensNothing(String path) {
        assertThat(console.get("viewer", path).status()).isBetween(400, 499);
        assertThat(console.get(null, path).status()).isBetween(400, 499);
    }

    @ParameterizedTest
    @CsvSource({"Idempotency-Key, a", "X-Forwarded-Host, evil.example.org"})
    void aLineBreakInAHeaderDoesNotReachTheAnswer(String header, String value) {
        Answer answer = console.post(
                "operator", "/outbox/api/parked/release", "{\"seen\":0}", header, value + "%0d%0aSet-Cookie: evil=1");

        assertThat(answer.response().headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.body()).doesNotContain("\r\nSet-Cookie");
    }

    @Test
    void answersForbidScriptsOfOthersAndFrames() {
        Answer answer = console.get("viewer", "/outbox/api/parked");

        assertThat(answer.response()
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .startsWith("default-src 'self'")
                .contains("frame-ancestors 'none'");
        assertThat(answer.response().headers().firstValue("Set-Cookie")).isEmpty();
    }

    private static Answer send(TestConsole asked, @Nullable String user, String mapping) {
        String method = mapping.substring(0, mapping.indexOf(' '));
        String path = path(mapping);
        return method.equals("GET")
                ? asked.get(user, path)
                : asked.send(asked.request(user, path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString("{}")));
    }

    private static String path(String mapping) {
        return mapping.substring(mapping.indexOf(' ') + 1)
                .replace("{id}", mapping.matches(".*(replays|releases|inbox).*") ? "1" : ANY)
                .replaceAll("\\{[^}]+}|\\*+", "x");
    }

    private static Set<String> mappings(TestConsole asked, String prefix) {
        Set<String> found = new TreeSet<>();
        Map<RequestMappingInfo, HandlerMethod> methods = asked.bean(
                        "requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
        methods.keySet()
                .forEach(info -> info.getPatternValues().stream()
                        .filter(path -> path.startsWith(prefix))
                        .filter(path -> !OPEN.contains(path))
                        .forEach(path -> methodsOf(info).forEach(method -> found.add(method + " " + path))));
        return found;
    }

    private static List<String> methodsOf(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return methods.isEmpty()
                ? List.of("GET")
                : methods.stream().map(Enum::name).toList();
    }

    private static Stream<String> endpoints() {
        return console.bean(PathMappedEndpoints.class).getAllPaths().stream()
                .filter(path -> !path.equals("/actuator/health"))
                .flatMap(path -> Stream.of("GET " + path, "POST " + path, "DELETE " + path));
    }
}
