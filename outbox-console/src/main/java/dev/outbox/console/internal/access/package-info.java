/** Who may use the console: everything is closed but to a user who is known and has the role. */
@NullMarked
package dev.outbox.console.internal.access;

import org.jspecify.annotations.NullMarked;
