/** The command line, against a sidecar that runs on real servers. */
@NullMarked
package dev.outbox.sidecar;

import org.jspecify.annotations.NullMarked;
