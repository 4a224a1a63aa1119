/** The service of the tests: accounts that change and say so. */
package dev.outbox.bank;
