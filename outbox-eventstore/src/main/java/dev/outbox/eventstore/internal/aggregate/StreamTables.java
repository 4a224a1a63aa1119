package dev.outbox.eventstore.internal.aggregate;

import dev.outbox.eventstore.internal.snapshot.SnapshotSeal;
import dev.outbox.eventstore.internal.stream.Snapshots;
import dev.outbox.eventstore.internal.stream.Streams;
import dev.outbox.internal.stream.StreamCapture;

/**
 * What a load reads from.
 *
 * @param capture writes what the transaction has raised so far
 * @param seal encrypts snapshots with personal data
 */
public record StreamTables(StreamCapture capture, Streams streams, Snapshots snapshots, SnapshotSeal seal) {}
