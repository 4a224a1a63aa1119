package dev.outbox.chaos.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** A copy of a server while it is used, made as {@code pg_basebackup} makes it, which the embedded binaries lack. */
final class BaseBackup {

    private static final String START = """
            select pg_backup_start('standby', fast => true)
            """;

    private static final String STOP = """
            select labelfile from pg_backup_stop(wait_for_archive => false)
            """;

    /** Belongs to the processes of the server, or is made anew at its start. */
    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "epg-lock", "current_logfiles", "backup_label");

    /** Of these, a copy needs no content; the WAL is streamed to it. */
    private static final Set<String> EMPTY = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private final Path from;
    private final Path to;

    private BaseBackup(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Copies.
     *
     * @param connection to the server, whose WAL a replication slot keeps from now on
     * @param from where the server has its data
     * @param to where the copy will have its data
     */
    static void make(Connection connection, Path from, Path to) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(START);
            new BaseBackup(from, to).copy();
            try (ResultSet result = statement.executeQuery(STOP)) {
                result.next();
                Files.writeString(to.resolve("backup_label"), result.getString(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy() throws IOException {
        Files.createDirectories(to.getParent());
        Files.walkFileTree(from, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.copy(directory, target(directory), StandardCopyOption.COPY_ATTRIBUTES);
                return from.equals(directory.getParent()) && EMPTY.contains(name(directory))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!LEFT_OUT.contains(name(file))) {
                    copyIfThere(file, target(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        Path wal = to.resolve("pg_wal");
        for (String directory : Set.of("archive_status", "summaries")) {
            Files.createDirectories(wal.resolve(directory));
        }
    }

    /** The server goes on meanwhile; what it removes, it removes on the copy as well, by its WAL. */
    private static void copyIfThere(Path file, Path target) throws IOException {
        try {
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
            Files.deleteIfExists(target);
        }
    }

    private Path target(Path path) {
        return to.resolve(from.relativize(path));
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
