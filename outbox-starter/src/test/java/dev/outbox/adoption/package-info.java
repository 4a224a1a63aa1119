/** The starter in services that are set up otherwise than those of its own tests. */
package dev.outbox.adoption;
