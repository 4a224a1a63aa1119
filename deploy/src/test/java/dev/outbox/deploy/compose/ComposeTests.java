package dev.outbox.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.deploy.KnownProperties;
import dev.outbox.deploy.Project;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The containers of the demo, as far as they can be looked at without starting one. */
class ComposeTests {

    private static final List<String> APPLICATIONS = List.of("order-service", "order-relay", "inventory-service");
    private static final YAMLMapper YAML = new YAMLMapper();

    private final JsonNode services =
            YAML.readTree(Project.read("docker-compose.yml")).path("services");

    @ParameterizedTest
    @ValueSource(strings = {"", "observe"})
    void dockerComposeReadsIt(String profile) throws Exception {
        ProcessBuilder compose = new ProcessBuilder(
                        program("docker-compose"),
                        "--file",
                        Project.file("docker-compose.yml").toString(),
                        "config",
                        "--quiet")
                .redirectErrorStream(true);
        compose.environment().put("COMPOSE_PROFILES", profile);
        Process process = compose.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void whatIsMountedIsThereAndReadOnly() {
        List<String> mounts = services.valueStream()
                .flatMap(service -> service.path("volumes").valueStream())
                .map(JsonNode::asString)
                .toList();
        assertThat(mounts).isNotEmpty().allSatisfy(mount -> {
            assertThat(mount).endsWith(":ro");
            assertThat(Project.file(mount.replaceFirst(":.*", ""))).exists();
        });
        assertThat(mounts)
                .as("alerts and dashboards have one source")
                .anyMatch(mount -> mount.startsWith("./deploy/prometheus/outbox-alerts.yaml:"))
                .anyMatch(mount -> mount.startsWith("./deploy/grafana:"));
    }

    @Test
    void theVersionOfEachImageIsSaid() {
        assertThat(services.valueStream()
                        .filter(service -> service.has("image"))
                        .map(service -> service.path("image").asString()))
                .isNotEmpty()
                .allMatch(image -> image.matches("\\$\\{[A-Z]+_IMAGE:-[a-z/-]+:v?[0-9.]+}"));
    }

    @Test
    void theVariablesOfOurApplicationsAreProperties() {
        KnownProperties properties = KnownProperties.ofClassPath();
        for (String application : APPLICATIONS) {
            assertThat(services.path(application).path("environment").propertyNames())
                    .as(application)
                    .isNotEmpty()
                    .allMatch(properties::hasVariable, "is a property");
        }
    }

    @Test
    void whoObservesIsThereOnlyIfAskedForAndKnowsWhereToLook() {
        assertThat(services.properties().stream()
                        .filter(service -> service.getValue().has("profiles"))
                        .map(Map.Entry::getKey))
                .containsExactly("prometheus", "grafana", "jaeger");
        JsonNode prometheus = YAML.readTree(Project.read("docker/observe/prometheus.yaml"));
        assertThat(prometheus
                        .path("scrape_configs")
                        .valueStream()
                        .map(job -> job.path("static_configs")
                                .get(0)
                                .path("targets")
                                .get(0)
                                .asString()))
                .containsExactlyInAnyOrderElementsOf(APPLICATIONS.stream()
                        .map(application -> application + ":8080")
                        .toList());
        JsonNode sources = YAML.readTree(Project.read("docker/observe/grafana-datasources.yaml"));
        assertThat(sources.path("datasources")
                        .valueStream()
                        .map(source -> source.path("url").asString().replaceFirst("http://([a-z]+):.*", "$1")))
                .isSubsetOf(services.propertyNames());
    }

    @Test
    void theImageRunsWithoutRightsFromLayers() {
        List<String> last = Project.read("docker/Dockerfile")
                .replaceFirst("(?s).*\nFROM ", "FROM ")
                .lines()
                .toList();
        assertThat(last)
                .as("by number, as Kubernetes wants to know it")
                .contains("USER 10001:10001")
                .noneMatch(line -> line.startsWith("VOLUME"));
        assertThat(last.stream()
                        .filter(line -> line.startsWith("COPY"))
                        .map(line -> line.replaceFirst(".*/layers/", "")))
                .as("what changes with each build comes last")
                .containsExactly(
                        "dependencies/ ./", "spring-boot-loader/ ./", "snapshot-dependencies/ ./", "application/ ./");
        assertThat(last).last().asString().startsWith("ENTRYPOINT [\"java\"");
        for (String application : APPLICATIONS) {
            String text = Project.read("docker-compose.yml");
            assertThat(text).contains("  %s:\n    <<: *application\n".formatted(application));
        }
    }

    private static String program(String name) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseGet(() -> Assumptions.abort(name
                        + " is not on the PATH, so the file was only parsed. It comes with Docker: apt-get install"
                        + " --no-install-recommends docker-compose"));
    }
}
