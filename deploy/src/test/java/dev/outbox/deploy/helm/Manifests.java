package dev.outbox.deploy.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a chart renders: objects of Kubernetes. */
record Manifests(List<JsonNode> all) {

    /** {@return the objects of this kind} */
    List<JsonNode> of(String kind) {
        return all.stream()
                .filter(object -> object.path("kind").asString().equals(kind))
                .toList();
    }

    /** {@return the only object of this kind} */
    JsonNode the(String kind) {
        assertThat(of(kind)).as(kind).hasSize(1);
        return of(kind).get(0);
    }

    /** {@return what runs in pods: of a Deployment} */
    JsonNode pod() {
        return the("Deployment").path("spec").path("template").path("spec");
    }

    /** {@return the container of the relay, wherever it is} */
    JsonNode relay() {
        return Stream.of("containers", "initContainers")
                .flatMap(list -> pod().path(list).valueStream())
                .filter(container -> container.path("name").asString().equals("outbox-relay"))
                .findFirst()
                .orElseThrow();
    }

    /** {@return the configuration that the relay reads} */
    JsonNode configuration() {
        String text = of("ConfigMap").stream()
                .map(map -> map.path("data").path("outbox-relay.yaml"))
                .filter(JsonNode::isString)
                .findFirst()
                .orElseThrow()
                .asString();
        return Chart.documents(text).get(0);
    }
}
