/**
 * Reads payloads of any stored version as the class that the service understands.
 */
@NullMarked
package dev.outbox.upcast;

import org.jspecify.annotations.NullMarked;
