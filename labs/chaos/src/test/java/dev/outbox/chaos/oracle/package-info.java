/** What was committed, what arrived, who moved the positions; and whether that is what was promised. */
@NullMarked
package dev.outbox.chaos.oracle;

import org.jspecify.annotations.NullMarked;
