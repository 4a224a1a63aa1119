package dev.outbox.avro;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Payloads in Apache Avro.
 *
 * @param location where the schemas are; the schema of OrderPlaced, version 2, is the file OrderPlaced-v2.avsc there
 */
@ConfigurationProperties("outbox.format.avro")
record AvroProperties(@DefaultValue("classpath:avro/") String location) {

    /** Lets a location do without its last slash. */
    public AvroProperties {
        location = location.endsWith("/") ? location : location + "/";
    }
}
