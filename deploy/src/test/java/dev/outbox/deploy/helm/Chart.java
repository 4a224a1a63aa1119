package dev.outbox.deploy.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A Helm chart, by the library of Helm itself. Nothing is installed anywhere. */
record Chart(Path folder) {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** {@return what Helm has to say against it if it is strict} */
    List<String> complaints() {
        LintResult result = new Helm(folder).lint().strict().call();
        return result.getMessages().stream()
                .filter(message -> result.isFailed() || !message.startsWith("[INFO]"))
                .toList();
    }

    /**
     * {@return what would be installed as release {@code orders} in namespace {@code shop}}
     *
     * @throws IllegalStateException if Helm refuses the values
     */
    Manifests rendered(Path... values) {
        TemplateCommand template = new Helm(folder)
                .template()
                .withName("orders")
                .withNamespace("shop")
                .withKubeVersion("v1.33.0");
        for (Path file : values) {
            template.withValuesFile(file);
        }
        return new Manifests(documents(template.call()));
    }

    static List<JsonNode> documents(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(yaml)) {
            all.forEachRemaining(documents::add);
        }
        documents.removeIf(document -> document.isNull() || document.isMissingNode());
        return documents;
    }
}
