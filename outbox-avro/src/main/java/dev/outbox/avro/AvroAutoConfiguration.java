package dev.outbox.avro;

import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.format.FormatAutoConfiguration;
import org.apache.avro.Schema;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.io.ResourceLoader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Auto-configuration for payloads in Apache Avro.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = JacksonAutoConfiguration.class, before = FormatAutoConfiguration.class)
@ConditionalOnClass(Schema.class)
@ConditionalOnBean(JsonMapper.class)
@EnableConfigurationProperties(AvroProperties.class)
public final class AvroAutoConfiguration {

    AvroAutoConfiguration() {}

    @Bean
    PayloadFormat outboxAvroFormat(JsonMapper mapper, AvroProperties properties, ResourceLoader resources) {
        return new AvroPayloadFormat(mapper, new AvroSchemas(resources, properties.location()));
    }
}
