/** Who asks which sidecar: the options of all commands, the API, and what the person agrees to. */
@NullMarked
package dev.outbox.sidecar.internal.session;

import org.jspecify.annotations.NullMarked;
