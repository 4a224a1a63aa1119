/**
 * Bean methods that the framework finds by an annotation.
 */
@NullMarked
package dev.outbox.internal.bean;

import org.jspecify.annotations.NullMarked;
