/** A service before and after the deployment of a newer version of its event. */
@org.jspecify.annotations.NullMarked
package dev.outbox.deployed;
