package dev.outbox.storage;

import dev.outbox.consumer.foreign.ForeignEvent;
import dev.outbox.consumer.foreign.ForeignEventMapping;
import dev.outbox.consumer.foreign.GcsNotifications;
import dev.outbox.consumer.foreign.S3Notifications;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    @Bean
    ForeignEventMapping gcs() {
        return new GcsNotifications();
    }

    /** Put, Post, Copy and CompleteMultipartUpload are one type for us. */
    @Bean
    ForeignEventMapping s3() {
        S3Notifications s3 = new S3Notifications();
        return received -> s3.read(received).stream()
                .map(StorageConfiguration::oneTypeOfCreation)
                .toList();
    }

    private static ForeignEvent oneTypeOfCreation(ForeignEvent event) {
        Map<String, String> attributes = new HashMap<>(event.attributes());
        attributes.computeIfPresent(
                "type", (name, type) -> type.startsWith("com.amazonaws.s3.ObjectCreated:") ? "ObjectCreated" : type);
        return new ForeignEvent(attributes, event.data());
    }
}
