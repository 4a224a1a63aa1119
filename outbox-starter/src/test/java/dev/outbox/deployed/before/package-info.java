/** The service before the deployment. */
@org.jspecify.annotations.NullMarked
package dev.outbox.deployed.before;
