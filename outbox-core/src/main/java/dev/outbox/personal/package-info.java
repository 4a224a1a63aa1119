/**
 * The keys under which personal data of events is encrypted: implement this to keep them elsewhere.
 */
@NullMarked
package dev.outbox.personal;

import org.jspecify.annotations.NullMarked;
