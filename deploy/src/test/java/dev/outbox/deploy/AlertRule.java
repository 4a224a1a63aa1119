package dev.outbox.deploy;

import java.util.List;
import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * An alert, as Prometheus reads it.
 *
 * @param alert its name
 * @param expr fires while it has a result
 */
record AlertRule(String alert, String expr, Map<String, String> labels, Map<String, String> annotations) {

    /** The file with all of them. */
    static final String FILE = "deploy/prometheus/outbox-alerts.yaml";

    static List<AlertRule> all() {
        return YAMLMapper.builder().build().readValue(Project.read(FILE), Rules.class).groups().stream()
                .flatMap(group -> group.rules().stream())
                .toList();
    }

    @Override
    public String toString() {
        return alert;
    }

    record Rules(List<Group> groups) {}

    record Group(List<AlertRule> rules) {}
}
