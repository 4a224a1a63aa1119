/** Encrypts what is personal in events, and decrypts it while there is a key. */
@NullMarked
package dev.outbox.internal.personal;

import org.jspecify.annotations.NullMarked;
