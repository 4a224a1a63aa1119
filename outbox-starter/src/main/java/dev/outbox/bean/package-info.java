/**
 * Methods of beans that an annotation hands to the framework.
 */
@NullMarked
package dev.outbox.bean;

import org.jspecify.annotations.NullMarked;
