package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Decided;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.CommandFailure;
import dev.outbox.sidecar.internal.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "edit",
        description = "Gives a parked event the payload of a file. Its key is released by a command of its own.")
final class ParkedEditCommand implements Runnable {

    private final Session session;

    @Parameters(index = "0", paramLabel = "ID", description = "Id of the event.")
    @Nullable
    UUID id;

    @Parameters(index = "1", paramLabel = "FILE", description = "The payload: JSON in UTF-8.")
    @Nullable
    Path file;

    ParkedEditCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api()
                .decide("/parked/events/%s/edit".formatted(id), Fields.none().with("payload", payload()));
        session.show(answer, () -> session.terminal().print(Decided.words(answer)));
    }

    private String payload() {
        Path source = Objects.requireNonNull(file);
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "Cannot read %s as text in UTF-8: %s".formatted(source, e), e);
        }
    }
}
