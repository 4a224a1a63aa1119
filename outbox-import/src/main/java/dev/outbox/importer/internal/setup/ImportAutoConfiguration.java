package dev.outbox.importer.internal.setup;

import dev.outbox.importer.ImportMapping;
import dev.outbox.importer.OutboxImport;
import dev.outbox.importer.internal.ledger.ImportSchema;
import dev.outbox.importer.internal.mapping.ConfiguredMapping;
import dev.outbox.importer.internal.run.ImportLoop;
import dev.outbox.importer.internal.setup.ImportProperties.Mode;
import dev.outbox.internal.capture.BroughtEvents;
import dev.outbox.internal.datasource.DatabaseConfiguration;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.format.PayloadFormats;
import dev.outbox.internal.migration.SchemaPart;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.schema.CurrentTables;
import dev.outbox.schema.TablesAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** Auto-configuration for the import from another outbox, if one is named. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(afterName = "dev.outbox.producer.CaptureAutoConfiguration")
@ConditionalOnBean(BroughtEvents.class)
@ConditionalOnProperty("outbox.import.source")
@EnableConfigurationProperties(ImportProperties.class)
@Import({DatabaseConfiguration.class, TablesAutoConfiguration.class})
public final class ImportAutoConfiguration {

    ImportAutoConfiguration() {}

    @Bean
    SchemaPart outboxImportSchema() {
        return ImportSchema.PART;
    }

    @Bean
    @ConditionalOnMissingBean
    ImportMapping outboxImportMapping(
            ImportProperties properties,
            DomainEventTypes types,
            PayloadFormats formats,
            BroughtEvents payloads,
            ObjectProvider<StoredAggregates> stored) {
        return new ConfiguredMapping(
                properties.types(), types, formats, payloads, stored.getIfAvailable(() -> StoredAggregates.NONE));
    }

    @Bean
    OutboxImport outboxImport(
            ImportProperties properties,
            ImportMapping mapping,
            BroughtEvents writer,
            OutboxDatabase database,
            CurrentTables current) {
        return ImportAssembly.of(properties, mapping, writer, database, current);
    }

    @Bean
    ImportLoop outboxImportLoop(OutboxImport outboxImport, ImportProperties properties) {
        return new ImportLoop(outboxImport, properties.mode() == Mode.DRY_RUN, properties.pollInterval());
    }
}
