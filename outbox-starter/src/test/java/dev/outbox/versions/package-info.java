/** A service of the tests that understands events of several versions and formats. */
package dev.outbox.versions;
