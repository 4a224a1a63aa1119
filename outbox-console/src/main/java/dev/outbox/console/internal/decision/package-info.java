/** What an operator decides, each with its row in the audit, whether a page, the API or a command asks for it. */
@NullMarked
package dev.outbox.console.internal.decision;

import org.jspecify.annotations.NullMarked;
