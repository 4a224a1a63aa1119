/** A service of the tests that consumes: orders reserve stock. */
package dev.outbox.stock;
