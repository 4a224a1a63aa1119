/**
 * The processes in which PostgreSQL and the Kafka broker run. Not for users: it may change with every version. It is one package
 * so that what both servers share, such as directories, ports and child processes, need not be public.
 */
@NullMarked
package dev.outbox.devservices.internal;

import org.jspecify.annotations.NullMarked;
