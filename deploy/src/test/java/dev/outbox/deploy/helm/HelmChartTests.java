package dev.outbox.deploy.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.deploy.KnownProperties;
import dev.outbox.deploy.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chart of the relay: what is rendered for each set of values in {@code src/test/helm}, and what is refused. */
class HelmChartTests {

    static final Path CHART = Project.file("deploy/helm/outbox-relay");

    private static final String VALUES = "deploy/src/test/helm/values";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z_]+)}");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(database:.*?)```");
    private static final KnownProperties PROPERTIES = KnownProperties.ofClassPath();

    private final Chart chart = new Chart(CHART);

    static List<Path> values() {
        return Project.files(VALUES, ".yaml");
    }

    static List<Path> refused() {
        return Project.files("deploy/src/test/helm/refused", ".yaml");
    }

    @Test
    void helmHasNothingToSayAgainstIt() {
        assertThat(chart.complaints()).isEmpty();
        assertThat(values()).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void itIsOfTheVersionOfTheProject() {
        String version = Project.read("pom.xml").replaceFirst("(?s).*?<version>([^<]+?)(-SNAPSHOT)?</version>.*", "$1");
        JsonNode metadata = Chart.documents(Project.read("deploy/helm/outbox-relay/Chart.yaml"))
                .get(0);
        assertThat(metadata.path("version").asString()).isEqualTo(version);
        assertThat(metadata.path("appVersion").asString()).isEqualTo(version);
    }

    @ParameterizedTest
    @MethodSource("values")
    void eachObjectSaysWhatItIsAndFindsItsPods(Path values) {
        Manifests manifests = chart.rendered(values);
        Map<String, String> labels = strings(manifests
                .the("Deployment")
                .path("spec")
                .path("template")
                .path("metadata")
                .path("labels"));
        assertThat(manifests.all()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(object -> {
            assertThat(object.path("apiVersion").asString()).isNotEmpty();
            assertThat(object.path("metadata").path("name").asString()).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
            assertThat(strings(object.path("metadata").path("labels")))
                    .containsEntry("app.kubernetes.io/instance", "orders");
        });
        assertThat(selectors(manifests))
                .isNotEmpty()
                .allSatisfy(selector -> assertThat(labels).containsAllEntriesOf(selector));
    }

    /** As the restricted profile of the Pod Security Standards asks for it. */
    @ParameterizedTest
    @MethodSource("values")
    void theContainerHasNoRightsAndWritesNowhereButInItsTmp(Path values) {
        Manifests manifests = chart.rendered(values);
        JsonNode security = manifests.relay().path("securityContext");
        assertThat(security.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(security.path("runAsUser").asInt()).isEqualTo(10001);
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.path("capabilities").path("drop").get(0).asString()).isEqualTo("ALL");
        assertThat(security.path("seccompProfile").path("type").asString()).isEqualTo("RuntimeDefault");
        assertThat(manifests.pod().path("automountServiceAccountToken").asBoolean(true))
                .isFalse();
        assertThat(mounts(manifests.relay())).contains("/tmp");
        assertThat(names(manifests.relay().path("volumeMounts")))
                .containsExactlyInAnyOrderElementsOf(names(manifests.pod().path("volumes")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatIsConfiguredAreThePropertiesThatThereAre(Path values) {
        Manifests manifests = chart.rendered(values);
        Map<String, String> configured = KnownProperties.flat(manifests.configuration());
        assertThat(configured.keySet())
                .filteredOn(name -> !PROPERTIES.has(name))
                .isEmpty();

        Set<String> referred = configured.values().stream()
                .flatMap(value -> REFERENCE.matcher(value).results())
                .map((MatchResult reference) -> reference.group(1))
                .collect(Collectors.toSet());
        Set<String> variables = Set.copyOf(names(manifests.relay().path("env")));
        assertThat(variables).containsAll(referred).contains("SPRING_CONFIG_ADDITIONALLOCATION");
        assertThat(variables)
                .filteredOn(name -> !referred.contains(name) && !name.equals("JAVA_TOOL_OPTIONS"))
                .allMatch(PROPERTIES::hasVariable, "is a property");
        assertThat(mounts(manifests.relay())).contains("/etc/outbox-relay/outbox-relay.yaml");
    }

    @ParameterizedTest
    @MethodSource("values")
    void noProbeAsksMoreThanTheProcessAndThePodLivesLongerThanItsDrain(Path values) {
        Manifests manifests = chart.rendered(values);
        JsonNode relay = manifests.relay();
        assertThat(relay.path("ports").get(0).path("containerPort").asString())
                .as("whatever the image says")
                .isEqualTo(relay.path("env")
                        .valueStream()
                        .filter(variable -> variable.path("name").asString().equals("SERVER_PORT"))
                        .map(variable -> variable.path("value").asString())
                        .findFirst()
                        .orElse(""));
        assertThat(path(relay, "startupProbe")).isEqualTo("/actuator/health/liveness");
        assertThat(path(relay, "livenessProbe")).isEqualTo("/actuator/health/liveness");
        assertThat(path(relay, "readinessProbe")).isEqualTo("/actuator/health/readiness");
        Map<String, String> configured = KnownProperties.flat(manifests.configuration());
        int drain = seconds(configured, "outbox.relay.drain-timeout");
        int phase = seconds(configured, "spring.lifecycle.timeout-per-shutdown-phase");
        assertThat(drain).isLessThan(phase);
        assertThat(phase)
                .isLessThan(
                        manifests.pod().path("terminationGracePeriodSeconds").asInt());
    }

    @Test
    void aPasswordIsInNoConfigMap() {
        Manifests manifests = chart.rendered(values("tls-and-scram"));
        Map<String, String> configured = KnownProperties.flat(manifests.configuration());
        assertThat(configured)
                .containsEntry("spring.kafka.security.protocol", "SASL_SSL")
                .containsEntry("spring.kafka.ssl.bundle", "kafka")
                .containsEntry(
                        "spring.ssl.bundle.pem.kafka.truststore.certificate",
                        "/etc/outbox-relay/certificates/kafka/ca.crt");
        assertThat(configured.get("spring.kafka.properties.sasl.jaas.config"))
                .isEqualTo("org.apache.kafka.common.security.scram.ScramLoginModule required"
                        + " username=\"${KAFKA_USERNAME}\" password=\"${KAFKA_PASSWORD}\";");
        assertThat(manifests.relay().path("env").valueStream())
                .filteredOn(variable -> variable.path("name").asString().matches(".*(USERNAME|PASSWORD)"))
                .hasSize(4)
                .allMatch(variable -> variable.path("valueFrom").has("secretKeyRef"));
        assertThat(mounts(manifests.relay()))
                .contains("/etc/outbox-relay/certificates/database", "/etc/outbox-relay/certificates/kafka");
    }

    @Test
    void aClientCertificateIsTheKeyStore() {
        Manifests manifests = chart.rendered(values("client-certificate"));
        assertThat(KnownProperties.flat(manifests.configuration()))
                .containsEntry("spring.kafka.security.protocol", "SSL")
                .containsEntry(
                        "spring.ssl.bundle.pem.kafka.keystore.private-key",
                        "/etc/outbox-relay/certificates/kafka-user/tls.key");
        assertThat(manifests.relay().path("image").asString()).contains("@sha256:");
    }

    @Test
    void whatIsConfiguredFreelyWinsAndNumbersStayNumbers() {
        Map<String, String> configured =
                KnownProperties.flat(chart.rendered(values("tailing-and-tuned")).configuration());
        assertThat(configured)
                .containsEntry("spring.application.name", "orders-relay")
                .containsEntry("outbox.relay.engine", "tail")
                .containsEntry("outbox.relay.drain-timeout", "45s")
                .containsEntry("outbox.relay.page.rows", "500")
                .containsEntry("spring.kafka.producer.properties.max.request.size", "5000000");
    }

    @Test
    void alertsAndDashboardsAreThoseOfTheProject() throws IOException {
        Manifests manifests = chart.rendered(values("monitored"));
        JsonNode source = Chart.documents(Project.read("deploy/prometheus/outbox-alerts.yaml"))
                .get(0);
        assertThat(alerts(manifests.the("PrometheusRule").path("spec")))
                .containsExactlyElementsOf(alerts(source).stream()
                        .filter(name -> !name.equals("OutboxNoRelay"))
                        .toList());
        assertThat(manifests.the("PrometheusRule").toString())
                .contains("https://wiki.example.com/outbox/docs/operations.md#outboxpendingtooold")
                .doesNotContain("outbox.example.org");

        JsonMapper json = JsonMapper.shared();
        for (Path dashboard : Project.files("deploy/grafana", ".json")) {
            String name = dashboard.getFileName().toString();
            JsonNode map = manifests.of("ConfigMap").stream()
                    .filter(object -> object.path("data").has(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No ConfigMap has " + name));
            assertThat(json.readTree(map.path("data").path(name).asString()))
                    .isEqualTo(json.readTree(Files.readString(dashboard)));
            assertThat(map.path("metadata").path("labels").has("grafana_dashboard"))
                    .isTrue();
        }
        assertThat(manifests
                        .the("ServiceMonitor")
                        .path("spec")
                        .path("endpoints")
                        .get(0)
                        .path("path")
                        .asString())
                .isEqualTo("/actuator/prometheus");
    }

    @Test
    void prometheusScrapesAsAUserWhosePasswordTheRelayDoesNotKnow() {
        Manifests manifests = chart.rendered(values("monitored"));
        JsonNode user = manifests
                .the("ServiceMonitor")
                .path("spec")
                .path("endpoints")
                .get(0)
                .path("basicAuth");
        assertThat(user.path("password").path("name").asString()).isEqualTo("outbox-scrape");
        assertThat(user.path("password").path("key").asString()).isEqualTo("password");
        assertThat(KnownProperties.flat(manifests.configuration()))
                .containsEntry("outbox.console.users.prometheus.password", "${SCRAPE_HASH}")
                .containsEntry("outbox.console.users.prometheus.roles", "viewer");
        assertThat(manifests.relay().path("env").valueStream())
                .filteredOn(variable -> variable.path("name").asString().equals("SCRAPE_HASH"))
                .singleElement()
                .satisfies(variable -> assertThat(variable.path("valueFrom")
                                .path("secretKeyRef")
                                .path("key")
                                .asString())
                        .isEqualTo("hash"));
    }

    @Test
    void theAgeOfTheOldestEventDecidesHowManyRelaysThereAre() {
        Manifests byAdapter = chart.rendered(values("scaled-by-an-adapter"));
        JsonNode scaler = byAdapter.the("HorizontalPodAutoscaler").path("spec");
        assertThat(scaler.path("metrics")
                        .get(0)
                        .path("external")
                        .path("target")
                        .path("type")
                        .asString())
                .as("an age is not divided by the number of pods")
                .isEqualTo("Value");
        assertThat(byAdapter.the("Deployment").path("spec").has("replicas")).isFalse();

        Manifests byKeda = chart.rendered(values("scaled-by-keda"));
        assertThat(byKeda.the("ScaledObject")
                        .path("spec")
                        .path("triggers")
                        .get(0)
                        .path("metadata")
                        .path("query")
                        .asString())
                .isEqualTo("max(outbox_relay_pending_age_seconds{namespace=\"shop\",job=\"orders-outbox-relay\"})");
        assertThat(byKeda.the("Deployment").path("spec").has("replicas")).isFalse();
    }

    @Test
    void aClosedNetworkLetsInThoseWhoScrapeAndOutToTheServers() {
        JsonNode policy =
                chart.rendered(values("closed-network")).the("NetworkPolicy").path("spec");
        assertThat(policy.path("policyTypes")).hasSize(2);
        assertThat(policy.path("ingress")).hasSize(1);
        assertThat(policy.path("egress")
                        .valueStream()
                        .flatMap(rule -> rule.path("ports").valueStream())
                        .map(port -> port.path("port").asInt()))
                .containsExactly(53, 53, 5432, 9092);
    }

    @Test
    void theValuesOnThePageAreAccepted(@TempDir Path folder) throws IOException {
        String example = EXAMPLE.matcher(Project.read("docs/deployment.md"))
                .results()
                .map(block -> block.group(1))
                .findFirst()
                .orElseThrow();
        Manifests manifests = chart.rendered(Files.writeString(folder.resolve("values.yaml"), example));
        assertThat(KnownProperties.flat(manifests.configuration()))
                .containsEntry("spring.kafka.security.protocol", "SASL_SSL")
                .containsEntry("outbox.relay.page.rows", "500");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotWorkIsRefusedWithItsReason(Path values) throws IOException {
        String reason = Files.readAllLines(values).get(0).replaceFirst("^# ", "");
        assertThatThrownBy(() -> chart.rendered(values)).hasMessageContaining(reason);
    }

    static Path values(String name) {
        return Project.file(VALUES).resolve(name + ".yaml");
    }

    private static List<Map<String, String>> selectors(Manifests manifests) {
        return manifests.all().stream()
                .map(object -> object.path("spec"))
                .flatMap(spec -> Stream.of(
                        spec.path("selector").path("matchLabels"),
                        spec.path("podSelector").path("matchLabels"),
                        spec.path("selector").has("matchLabels") ? spec.path("none") : spec.path("selector")))
                .filter(selector -> selector.isObject() && !selector.isEmpty())
                .map(HelmChartTests::strings)
                .toList();
    }

    private static Map<String, String> strings(JsonNode object) {
        return object.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asString()));
    }

    private static List<String> alerts(JsonNode rules) {
        return rules.path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .map(rule -> rule.path("alert").asString())
                .toList();
    }

    private static List<String> names(JsonNode list) {
        return list.valueStream().map(entry -> entry.path("name").asString()).toList();
    }

    private static List<String> mounts(JsonNode container) {
        return container
                .path("volumeMounts")
                .valueStream()
                .map(mount -> mount.path("mountPath").asString())
                .toList();
    }

    private static String path(JsonNode container, String probe) {
        return container.path(probe).path("httpGet").path("path").asString();
    }

    private static int seconds(Map<String, String> configured, String property) {
        return Integer.parseInt(
                Objects.requireNonNull(configured.get(property), property).replaceFirst("s$", ""));
    }
}
