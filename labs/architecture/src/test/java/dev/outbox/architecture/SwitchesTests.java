package dev.outbox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A condition is evaluated before its record can be bound, so it repeats the default of the record. */
@AnalyzeClasses(packages = "dev.outbox", importOptions = Libraries.class)
class SwitchesTests {

    @ArchTest
    static void aConditionHasTheDefaultOfItsRecord(JavaClasses libraries) throws IOException {
        Map<String, Boolean> conditions = new TreeMap<>();
        libraries.stream().flatMap(SwitchesTests::switches).forEach(condition -> {
            for (String name : condition.name()) {
                if (condition.havingValue()) {
                    conditions.put(name, condition.matchIfMissing());
                }
            }
        });

        Map<String, Boolean> records = new TreeMap<>(defaults());
        records.keySet().retainAll(conditions.keySet());
        assertThat(conditions).hasSizeGreaterThan(5).isEqualTo(records);
    }

    private static Stream<ConditionalOnBooleanProperty> switches(JavaClass type) {
        return Stream.concat(
                        type.getAnnotations().stream(),
                        type.getMethods().stream().flatMap(method -> method.getAnnotations().stream()))
                .flatMap(SwitchesTests::conditions);
    }

    private static Stream<ConditionalOnBooleanProperty> conditions(JavaAnnotation<?> annotation) {
        if (annotation.getRawType().isEquivalentTo(ConditionalOnBooleanProperties.class)) {
            return Arrays.stream(
                    annotation.as(ConditionalOnBooleanProperties.class).value());
        }
        return annotation.getRawType().isEquivalentTo(ConditionalOnBooleanProperty.class)
                ? Stream.of(annotation.as(ConditionalOnBooleanProperty.class))
                : Stream.empty();
    }

    private static Map<String, Boolean> defaults() throws IOException {
        Map<String, Boolean> found = new TreeMap<>();
        for (URL metadata : Collections.list(
                SwitchesTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            for (JsonNode property :
                    JsonMapper.shared().readTree(content(metadata)).path("properties")) {
                String name = property.path("name").asString();
                if (name.startsWith("outbox.")) {
                    found.put(name, property.path("defaultValue").asBoolean(false));
                }
            }
        }
        return found;
    }

    private static byte[] content(URL resource) throws IOException {
        try (InputStream content = resource.openStream()) {
            return content.readAllBytes();
        }
    }
}
