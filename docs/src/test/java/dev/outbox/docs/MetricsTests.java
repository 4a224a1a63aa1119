package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.consumer.internal.metrics.InboxMeter;
import dev.outbox.eventstore.internal.metrics.EventStoreMeter;
import dev.outbox.eventstore.internal.projection.ProjectionMeter;
import dev.outbox.internal.metrics.NamedMeter;
import dev.outbox.producer.internal.metrics.CaptureMeter;
import dev.outbox.relay.internal.metrics.RelayMeter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md against the enums by which the modules register their meters. */
class MetricsTests {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `outbox\\.[^`]+` \\|.*$");

    private static final Pattern NAME =
            Pattern.compile("`(outbox\\.(?:capture|relay|inbox|eventstore|projection)\\.[a-z.]*[a-z])`");

    @Test
    void everyMeterStandsInTheDocumentationWithItsTagsUnitAndMeaning() {
        Matcher rows = ROW.matcher(page());
        assertThat(rows.results().map(row -> row.group()))
                .containsExactlyElementsOf(meters().map(MetricsTests::row).toList());
    }

    @Test
    void theTextNamesOnlyMetersThatThereAre() {
        List<String> known = meters().map(NamedMeter::meterName).toList();
        assertThat(NAME.matcher(page()).results().map(name -> name.group(1))).isSubsetOf(known);
    }

    private static String page() {
        return Documentation.read("docs/metrics.md");
    }

    private static Stream<NamedMeter> meters() {
        return Stream.of(
                        CaptureMeter.values(),
                        RelayMeter.values(),
                        InboxMeter.values(),
                        EventStoreMeter.values(),
                        ProjectionMeter.values())
                .flatMap(Stream::of);
    }

    private static String row(NamedMeter meter) {
        String tags = meter.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
        return Stream.of("`" + meter.meterName() + "`", tags, meter.unit(), meter.description())
                .map(cell -> cell.isEmpty() ? " " : " " + cell + " ")
                .collect(Collectors.joining("|", "|", "|"));
    }
}
