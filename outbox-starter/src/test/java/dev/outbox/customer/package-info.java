/** What the documentation shows of a service that publishes by JDBC, running. */
package dev.outbox.customer;
