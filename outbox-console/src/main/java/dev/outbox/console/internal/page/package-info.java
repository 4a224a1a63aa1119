/** The console as pages: what the API shows and does, for people with a browser. */
@NullMarked
package dev.outbox.console.internal.page;

import org.jspecify.annotations.NullMarked;
