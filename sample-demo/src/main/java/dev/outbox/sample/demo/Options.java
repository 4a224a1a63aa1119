package dev.outbox.sample.demo;

import java.nio.file.Path;

/**
 * What the {@code demo} script has made of its command line.
 *
 * @param orders how many orders to place
 * @param exit whether to end by itself
 * @param home root of the project, under which the built applications lie
 * @param work directory for data and logs; removed at the end
 */
record Options(int orders, boolean exit, Path home, Path work) {

    static Options of(String[] args) {
        if (args.length != 4) {
            throw new IllegalArgumentException("Arguments: <orders> <exit: true or false> <home> <work>");
        }
        return new Options(
                Integer.parseInt(args[0]),
                Boolean.parseBoolean(args[1]),
                Path.of(args[2]).toAbsolutePath(),
                Path.of(args[3]).toAbsolutePath());
    }
}
