/** Which versions of events the consumers of a service still get. */
@NullMarked
package dev.outbox.consumer.versions;

import org.jspecify.annotations.NullMarked;
