package dev.outbox.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The statements of a module for PostgreSQL, which are the constants of its {@code Jdbc...} classes that name a table of ours;
 * the classes {@code JdbcPortable...} are for other databases.
 */
public final class StatementConstants {

    private static final Pattern OURS = Pattern.compile("\\b(outbox|inbox)_[a-z]+");
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):[a-zA-Z]\\w*");
    private static final Pattern PARTITION = Pattern.compile("%(1\\$)?d");

    private final Map<String, String> statements = new TreeMap<>();

    private StatementConstants() {}

    /** {@return those of the module whose compiled classes lie where this one does, in a directory or a jar} */
    public static StatementConstants besides(Class<?> any) {
        StatementConstants found = new StatementConstants();
        try {
            Path classes = Path.of(
                    any.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(classes)) {
                found.addAllBelow(classes, any.getClassLoader());
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(classes)) {
                    found.addAllBelow(jar.getPath("/"), any.getClassLoader());
                }
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** {@return the statements by class and name, with numbered parameters, those on a partition on the first one} */
    public Map<String, String> all() {
        return Map.copyOf(statements);
    }

    /** {@return of each statement that the server cannot prepare, what it says} */
    public Map<String, String> refusedBy(DataSource database, UnaryOperator<String> change) {
        Map<String, String> refusals = new TreeMap<>();
        try (Connection connection = database.getConnection()) {
            statements.forEach((name, sql) -> {
                try (PreparedStatement statement = connection.prepareStatement(change.apply(sql))) {
                    // The driver asks the server.
                    statement.getParameterMetaData();
                } catch (SQLException e) {
                    refusals.put(name, e.getMessage());
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return refusals;
    }

    private void addAllBelow(Path root, ClassLoader loader) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().matches("(.*/)?Jdbc(?!Portable)\\w+\\.class"))
                    .map(file -> root.relativize(file).toString())
                    .map(name -> name.replace(".class", "").replace('/', '.'))
                    .forEach(name -> addAll(name, loader));
        }
    }

    private void addAll(String className, ClassLoader loader) {
        try {
            for (Field field : loader.loadClass(className).getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                    field.setAccessible(true);
                    add(className.substring(className.lastIndexOf('.') + 1) + "." + field.getName(), (String)
                            field.get(null));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The texts of statements have lines; names and messages have none. */
    private void add(String name, String text) {
        if (text.contains("\n") && OURS.matcher(text).find()) {
            String onPartition = PARTITION.matcher(text).replaceAll("0");
            statements.put(name, PARAMETER.matcher(onPartition).replaceAll("?"));
        }
    }
}
