package dev.outbox.consumer.versions;

import java.util.List;

/**
 * Which versions of events the consumers of this process still get: while a version is seen, the steps that read it are needed.
 *
 * <p>It is remembered by this process alone, since its start. The topics know more, but would have to be read as a whole; and meters
 * would need a tag for each type and version. So a version that is rare shows up when it is read, and a process that was just
 * started has seen nothing. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SeenVersions {

    /** {@return what has been seen, by consumer, type and version} */
    List<SeenVersion> all();
}
