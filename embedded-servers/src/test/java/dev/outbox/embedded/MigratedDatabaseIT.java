package dev.outbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.InitializingBean;

class MigratedDatabaseIT {

    private static final Set<String> OWN = new HashSet<>();

    @RegisterExtension
    static final MigratedDatabase shared = MigratedDatabase.by(
                    dataSource -> new Script(dataSource, "create table emptied (); create table kept ()"))
            .emptied("emptied");

    @RegisterExtension
    final MigratedDatabase own = MigratedDatabase.by(dataSource -> new Script(dataSource, "create table note ()"));

    @RepeatedTest(2)
    void sharesADatabaseOrHasOneOfItsOwn() throws Exception {
        assertThat(OWN.add(own.get().jdbcUrl())).isTrue();
        assertThat(rows(own, "note")).isZero();
        assertThat(rows(shared, "emptied")).isZero();
        assertThat(rows(shared, "kept")).isEqualTo(OWN.size() - 1);
        run(shared.dataSource(), "insert into emptied default values; insert into kept default values");
    }

    @Test
    void theTablesOfABeanAreMadeOnceAndEachDatabaseHasACopy() throws Exception {
        try (TestDatabase one = MigratedDatabase.by(Notes.class).get();
                TestDatabase other = MigratedDatabase.by(Notes.class).get()) {
            run(one.dataSource(), "insert into note default values");
            assertThat(rows(one, "note")).isEqualTo(1);
            assertThat(rows(other, "note")).isZero();
            assertThat(Notes.MADE).hasValue(1);
        }
    }

    @Test
    void whereNothingCanBeCopiedEachDatabaseHasTablesOfItsOwn() throws Exception {
        try (TestDatabase one =
                        MigratedDatabase.on(DatabaseKind.H2, NotesOnH2.class).get();
                TestDatabase other =
                        MigratedDatabase.on(DatabaseKind.H2, NotesOnH2.class).get()) {
            run(one.dataSource(), "insert into note default values");
            assertThat(rows(one, "note")).isEqualTo(1);
            assertThat(rows(other, "note")).isZero();
        }
    }

    @Test
    void saysWhyItHasNoTables() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MigratedDatabase.by(dataSource -> new Script(dataSource, "create nonsense")))
                .withStackTraceContaining("nonsense");
    }

    private static int rows(MigratedDatabase tables, String table) throws SQLException {
        return rows(tables.get(), table);
    }

    private static int rows(TestDatabase tables, String table) throws SQLException {
        try (var connection = tables.dataSource().getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery("select count(*) from " + table)) {
            result.next();
            return result.getInt(1);
        }
    }

    private static void run(DataSource dataSource, String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private record Script(DataSource dataSource, String sql) implements InitializingBean {

        @Override
        public void afterPropertiesSet() throws SQLException {
            run(dataSource, sql);
        }
    }

    static final class Notes implements InitializingBean {

        private static final AtomicInteger MADE = new AtomicInteger();

        private final DataSource dataSource;

        public Notes(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        @Override
        public void afterPropertiesSet() throws SQLException {
            MADE.incrementAndGet();
            run(dataSource, "create table note ()");
        }
    }

    static final class NotesOnH2 implements InitializingBean {

        private final DataSource dataSource;

        public NotesOnH2(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        @Override
        public void afterPropertiesSet() throws SQLException {
            run(dataSource, "create table note (text varchar(9))");
        }
    }
}
