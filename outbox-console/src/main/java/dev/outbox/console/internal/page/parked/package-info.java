/** The pages about what a relay has parked, and the decisions about it. */
@NullMarked
package dev.outbox.console.internal.page.parked;

import org.jspecify.annotations.NullMarked;
