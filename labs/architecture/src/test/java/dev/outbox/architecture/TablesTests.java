package dev.outbox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Each table is queried by one class of a module: there its statements, its columns and its conditions stand. PostgreSQL has one,
 * and all other databases together have one, whose name begins with {@value #PORTABLE}.
 */
@AnalyzeClasses(packages = "dev.outbox", importOptions = Libraries.class)
class TablesTests {

    private static final String PORTABLE = "JdbcPortable";

    /** A partition counts as its table; a sequence and a function are none. */
    private static final Pattern TABLE = Pattern.compile(
            "\\b(?:from|join|into|update|only|table)\\s+((?:outbox|inbox)_[a-z]+(?:_[a-z]+)*)(?!\\w*\\()");

    /** {@link SqlTests} says which classes may. */
    private static final DescribedPredicate<JavaClass> RUN_SQL = DescribedPredicate.describe(
            "run SQL",
            type -> type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .anyMatch(used -> used.getPackageName().startsWith("org.springframework.jdbc")));

    /** The other classes that name a table, and why that reads better than one class with all of its statements. */
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            Map.entry(
                    "JdbcOutboxLog reads outbox_lane",
                    "a read checks the epoch of its lane in the same statement, or another relay could acquire it in between"),
            Map.entry("JdbcParkedRows reads outbox_event", "an event is copied by the statement that parks it"),
            Map.entry("JdbcPortableParkedRows reads outbox_event", "an event is copied by the statement that parks it"),
            Map.entry(
                    "JdbcPortableEventQueue reads outbox_lane",
                    "a read checks the epoch of its lane in the same statement, or another relay could acquire it in between"),
            Map.entry(
                    "JdbcOutboxArchive reads outbox_event",
                    "a replay pages by seq what is published; the log reads by transaction what is new"),
            Map.entry("JdbcOutboxArchive reads outbox_parked", "a replay leaves out what is set aside"),
            Map.entry(
                    "JdbcStoredEvents reads outbox_event",
                    "people look for an event by key, type, trace or time; the log reads by transaction what is new"),
            Map.entry(
                    "JdbcPortableStoredEvents reads outbox_event",
                    "people look for an event by key, type, trace or time; the queue reads by seq what is new"),
            Map.entry("JdbcStoredEvents reads outbox_parked", "an event that is found says whether it is set aside"),
            Map.entry(
                    "JdbcPortableStoredEvents reads outbox_parked",
                    "an event that is found says whether it is set aside"),
            Map.entry(
                    "JdbcOutboxSlots reads outbox_event",
                    "it locks, measures and truncates a partition as a whole and reads no event"),
            Map.entry(
                    "JdbcLaneRebase reads outbox_event",
                    "the only change of stored events is part of what an operator asks for"),
            Map.entry(
                    "JdbcLaneRebase reads outbox_lane",
                    "where the lanes begin again follows from their floors, in the statement that looks at the events"),
            Map.entry(
                    "JdbcRecentTopics reads outbox_event",
                    "a check at the start and the console look at topics and at nothing else"),
            Map.entry(
                    "JdbcProcessedEvents reads inbox_event",
                    "the retention deletes by age; the guard inserts, and never looks at the age"),
            Map.entry(
                    "JdbcPortableProcessedEvents reads inbox_event",
                    "the retention deletes by age; the guard inserts, and never looks at the age"),
            Map.entry(
                    "JdbcWalFlush reads outbox_lane",
                    "it locks a row, so that its transaction has something to flush, and reads no column"),
            Map.entry(
                    "JdbcReplicationSlot reads outbox_lane",
                    "one statement for each heartbeat compares the positions with the end of the WAL"),
            Map.entry(
                    "JdbcReplicationSlot reads outbox_relay",
                    "the statement about the slot asks whether the session that reads from it is that of a running relay"),
            Map.entry(
                    "JdbcRelayTablesCheck reads outbox_relay",
                    "a check at the start asks whether the tables are there, and reads no row"),
            Map.entry(
                    "JdbcSameTablesCheck reads outbox_event",
                    "a check at the start asks whether two connections find the same table, and reads no row"),
            Map.entry(
                    "JdbcRelayTablesCheck reads outbox_event",
                    "a check at the start asks whether the tables are there, and reads no row"));

    /** The class of each table with exceptions; every other class needs a reason. */
    private static final Set<String> HOMES = Set.of(
            "JdbcLanes reads outbox_lane",
            "JdbcLanes reads outbox_relay",
            "JdbcOutboxLog reads outbox_event",
            "JdbcPortableEventQueue reads outbox_event",
            "JdbcParkedRows reads outbox_parked",
            "JdbcPortableParkedRows reads outbox_parked",
            "JdbcPortableLanes reads outbox_lane",
            "JdbcEventIdGuard reads inbox_event",
            "JdbcPortableEventIdGuard reads inbox_event");

    @ArchTest
    static void eachTableIsQueriedByOneClassOfAModule(JavaClasses libraries) {
        Map<String, Set<String>> readers = readers(libraries.that(RUN_SQL));

        assertThat(readers).as("the statements were found").hasSizeGreaterThan(8);
        assertThat(withoutExceptions(readers)).isEmpty();
    }

    @ArchTest
    static void eachExceptionIsStillNeeded(JavaClasses libraries) {
        Set<String> shared = new TreeSet<>();
        readers(libraries.that(RUN_SQL)).values().stream()
                .filter(classes -> classes.size() > 1)
                .forEach(shared::addAll);

        shared.removeAll(HOMES);
        assertThat(shared).isEqualTo(new TreeSet<>(EXCEPTIONS.keySet()));
    }

    @Test
    void aSecondClassThatQueriesATableIsFound() {
        Map<String, Set<String>> readers =
                readers(new ClassFileImporter().importClasses(TablesTests.class, One.class, Another.class));

        assertThat(withoutExceptions(readers).values())
                .containsExactly(Set.of("One reads outbox_thing", "Another reads outbox_thing"));
    }

    @Test
    void aClassForTheOtherDatabasesIsNoSecondClassButTwoOfThemAre() {
        assertThat(withoutExceptions(readers(new ClassFileImporter().importClasses(One.class, JdbcPortableOne.class))))
                .isEmpty();

        assertThat(withoutExceptions(readers(new ClassFileImporter()
                                .importClasses(One.class, JdbcPortableOne.class, JdbcPortableAnother.class)))
                        .values())
                .containsExactly(
                        Set.of("JdbcPortableOne reads outbox_thing", "JdbcPortableAnother reads outbox_thing"));
    }

    private static Map<String, Set<String>> withoutExceptions(Map<String, Set<String>> readers) {
        Map<String, Set<String>> shared = new TreeMap<>();
        readers.forEach((table, classes) -> {
            Set<String> left = new TreeSet<>(classes);
            left.removeAll(EXCEPTIONS.keySet());
            if (left.size() > 1) {
                shared.put(table, left);
            }
        });
        return shared;
    }

    /** {@return by module and table, the classes whose constants name the table} */
    private static Map<String, Set<String>> readers(Iterable<JavaClass> classes) {
        Map<String, Set<String>> readers = new TreeMap<>();
        for (JavaClass type : classes) {
            for (JavaField field : type.getFields()) {
                if (field.getModifiers().contains(JavaModifier.STATIC)
                        && field.getRawType().isEquivalentTo(String.class)) {
                    Matcher tables = TABLE.matcher(value(field.reflect()));
                    while (tables.find()) {
                        if (!tables.group(1).endsWith("_seq")) {
                            String module = type.reflect()
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toString();
                            String databases = type.getSimpleName().startsWith(PORTABLE) ? "others" : "PostgreSQL";
                            readers.computeIfAbsent(
                                            module + " " + databases + " " + tables.group(1), key -> new TreeSet<>())
                                    .add(type.getSimpleName() + " reads " + tables.group(1));
                        }
                    }
                }
            }
        }
        return readers;
    }

    private static String value(Field field) {
        try {
            field.setAccessible(true);
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unused")
    private static final class One {
        static final String READ = """
                select a
                from outbox_thing
                """;
    }

    @SuppressWarnings("unused")
    private static final class Another {
        static final String TRUNCATE = """
                truncate table only outbox_thing_%d
                """;
    }

    @SuppressWarnings("unused")
    private static final class JdbcPortableOne {
        static final String READ = """
                select a
                from outbox_thing
                """;
    }

    @SuppressWarnings("unused")
    private static final class JdbcPortableAnother {
        static final String WRITE = """
                update outbox_thing
                set a = 1
                """;
    }
}
