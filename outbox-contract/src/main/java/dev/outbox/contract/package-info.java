/** The annotation that makes an event part of the contract of a service. */
@NullMarked
package dev.outbox.contract;

import org.jspecify.annotations.NullMarked;
