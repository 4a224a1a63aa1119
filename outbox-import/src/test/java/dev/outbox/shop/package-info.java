/** A service that moves from another outbox. */
package dev.outbox.shop;
