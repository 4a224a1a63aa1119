package dev.outbox.sidecar;

import picocli.CommandLine.Command;

@Command(
        name = "parked",
        description = "Shows what waits for a decision, and decides.",
        synopsisSubcommandLabel = "COMMAND")
final class ParkedCommand {}
