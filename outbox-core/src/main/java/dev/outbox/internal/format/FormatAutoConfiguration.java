package dev.outbox.internal.format;

import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.domain.DomainEventTypes;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Auto-configuration for payload formats. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = {DomainAutoConfiguration.class, JacksonAutoConfiguration.class})
@ConditionalOnBean(JsonMapper.class)
@EnableConfigurationProperties(FormatProperties.class)
public final class FormatAutoConfiguration {

    FormatAutoConfiguration() {}

    @Bean
    PayloadFormats payloadFormats(
            ObjectProvider<PayloadFormat> formats,
            JsonMapper mapper,
            DomainEventTypes types,
            FormatProperties properties) {
        return PayloadFormats.of(
                Stream.concat(formats.orderedStream(), Stream.of(new JsonPayloadFormat(mapper)))
                        .toList(),
                types,
                properties);
    }
}
