package dev.outbox.benchmark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of processes in seconds, from /proc; zero where there is none. */
final class ProcessCpu {

    private static final Path PROC = Path.of("/proc");

    /** USER_HZ, which is 100 wherever Linux runs Java. */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of /proc/[pid]/stat behind the name, counted from the state. */
    private static final int PARENT = 1;

    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int ENDED_CHILDREN_USER = 13;
    private static final int ENDED_CHILDREN_SYSTEM = 14;

    private ProcessCpu() {}

    /** {@return what one process has used} */
    static double of(long pid) throws IOException {
        String[] stat = stat(PROC.resolve(Long.toString(pid)));
        return ticks(stat, USER, SYSTEM) / TICKS_PER_SECOND;
    }

    /** {@return what a process and its children have used, also those that have ended} */
    static double ofFamily(long pid) throws IOException {
        if (!Files.isDirectory(PROC)) {
            return 0;
        }
        String[] parent = stat(PROC.resolve(Long.toString(pid)));
        double ticks = ticks(parent, USER, SYSTEM, ENDED_CHILDREN_USER, ENDED_CHILDREN_SYSTEM);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                String[] stat = stat(process);
                if (stat.length > PARENT && stat[PARENT].equals(Long.toString(pid))) {
                    ticks += ticks(stat, USER, SYSTEM);
                }
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static double ticks(String[] stat, int... fields) {
        double sum = 0;
        for (int field : fields) {
            sum += field < stat.length ? Double.parseDouble(stat[field]) : 0;
        }
        return sum;
    }

    private static String[] stat(Path process) throws IOException {
        try {
            String line = Files.readString(process.resolve("stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        } catch (IOException ended) {
            // A process that has ended, or ends while it is read.
            return new String[0];
        }
    }
}
