package dev.outbox.deploy.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.deploy.KnownProperties;
import dev.outbox.deploy.Project;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The chart of a service, which has the relay in its pods by the chart of the relay. */
class NativeSidecarTests {

    @TempDir
    private Path folder;

    @BeforeEach
    void packTheRelayIntoTheService() throws IOException {
        copy(Project.file("deploy/src/test/helm/service"), folder);
        copy(HelmChartTests.CHART, folder.resolve("charts/outbox-relay"));
    }

    @Test
    void theRelayStartsBeforeTheServiceAndEndsAfterIt() {
        Chart chart = new Chart(folder);
        assertThat(chart.complaints()).isEmpty();
        Manifests manifests = chart.rendered();

        JsonNode sidecar = manifests.pod().path("initContainers").get(0);
        assertThat(sidecar.path("name").asString()).isEqualTo("outbox-relay");
        assertThat(sidecar.path("restartPolicy").asString())
                .as("that makes it a sidecar")
                .isEqualTo("Always");
        assertThat(sidecar.path("readinessProbe").path("httpGet").path("path").asString())
                .as("the pod is not ready without it")
                .isEqualTo("/actuator/health/readiness");
        assertThat(manifests.pod().path("terminationGracePeriodSeconds").asInt())
                .isEqualTo(70);
        assertThat(KnownProperties.flat(manifests.configuration())).containsEntry("outbox.relay.lanes", "3");
    }

    @Test
    void everythingThatItMountsIsInThePodAndNothingElseIsMade() {
        Manifests manifests = new Chart(folder).rendered();

        List<String> volumes = manifests
                .pod()
                .path("volumes")
                .valueStream()
                .map(volume -> volume.path("name").asString())
                .toList();
        assertThat(manifests.relay().path("volumeMounts").valueStream())
                .extracting(mount -> mount.path("name").asString())
                .containsExactlyInAnyOrderElementsOf(volumes);
        assertThat(manifests.all())
                .extracting(object -> object.path("kind").asString())
                .containsExactlyInAnyOrder("Deployment", "ConfigMap");
    }

    /** A link becomes the file that it leads to. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file.toRealPath(), target);
            }
        }
    }
}
