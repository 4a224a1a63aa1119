package dev.outbox.relay.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.producer.CaptureProperties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DefaultMaxPayloadTests {

    @Test
    void isThatOfTheProducer() {
        CaptureProperties producer = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("outbox.capture", CaptureProperties.class);

        assertThat(CheckAutoConfiguration.DEFAULT_MAX_PAYLOAD).isEqualTo(producer.maxPayloadSize());
    }
}
