package dev.outbox.deploy.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each object that the chart renders has the fields of its kind and no others, and values of their types. */
class KubernetesFieldsTests {

    private static final Map<String, Class<?>> KINDS = Map.of(
            "v1 ConfigMap", ConfigMap.class,
            "v1 Service", Service.class,
            "v1 ServiceAccount", ServiceAccount.class,
            "apps/v1 Deployment", Deployment.class,
            "autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class,
            "monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class);

    /** Of KEDA, for which there is no such library here. */
    private static final String UNKNOWN = "keda.sh/v1alpha1 ScaledObject";

    private final ObjectMapper strict = new ObjectMapper().setAnnotationIntrospector(new WithoutAnythingElse());

    static List<Path> values() {
        return HelmChartTests.values();
    }

    @ParameterizedTest
    @MethodSource("values")
    void eachFieldIsOneOfItsKind(Path values) throws JsonProcessingException {
        for (JsonNode object : new Chart(HelmChartTests.CHART).rendered(values).all()) {
            String kind = object.path("apiVersion").asString() + " "
                    + object.path("kind").asString();
            if (!kind.equals(UNKNOWN)) {
                assertThat(KINDS).containsKey(kind);
                assertThat(strict.readValue(object.toString(), KINDS.get(kind))).isNotNull();
            }
        }
    }

    @Test
    void aFieldThatThereIsNotIsFound() {
        assertThatThrownBy(() ->
                        strict.readValue("{\"spec\": {\"template\": {\"spec\": {\"volume\": []}}}}", Deployment.class))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("volume");
    }

    /** The classes would keep what they do not know. */
    private static final class WithoutAnythingElse extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }
}
