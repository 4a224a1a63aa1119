package dev.outbox.embedded;

/**
 * Our tests say which servers they have, and many have none on purpose: nothing is started only because it is on the class
 * path.
 */
final class NoDevServices extends LeftOutAutoConfigurations {

    NoDevServices() {
        super(name -> name.startsWith("dev.outbox.devservices."));
    }
}
