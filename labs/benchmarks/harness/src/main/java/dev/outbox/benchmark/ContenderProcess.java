package dev.outbox.benchmark;

import dev.outbox.benchmark.contender.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process of a contender, on the class path of its module. It ends with its input, so with this process. */
final class ContenderProcess implements AutoCloseable {

    private final String name;
    private final Path log;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private ContenderProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static ContenderProcess start(Entry entry, String name, Settings settings, Path benchmarks) throws IOException {
        Path target = benchmarks.resolve(entry.module(name)).resolve("target");
        Path log = benchmarks.resolve("target").resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms768m",
                "-Xmx768m",
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                entry.mainClass(name),
                name));
        List<String> arguments = List.of(settings.arguments());
        command.addAll(arguments.subList(1, arguments.size()));
        Process process = new ProcessBuilder(command)
                .redirectError(log.toFile())
                .directory(target.toFile())
                .start();
        return new ContenderProcess(name, log, process);
    }

    void awaitReady() throws IOException {
        answer("start");
    }

    String execute(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return answer(command);
    }

    private String answer(String command) throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith("ok")) {
            throw new IllegalStateException(
                    "%s: '%s' was answered by '%s'; see %s".formatted(name, command, line, log));
        }
        return line.substring("ok".length()).trim();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        commands.close();
        process.destroy();
    }
}
