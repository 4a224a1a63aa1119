/** The service after the deployment. */
@org.jspecify.annotations.NullMarked
package dev.outbox.deployed.after;
