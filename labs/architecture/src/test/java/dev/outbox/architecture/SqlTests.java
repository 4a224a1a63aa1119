package dev.outbox.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@AnalyzeClasses(packages = "dev.outbox", importOptions = Libraries.class)
class SqlTests {

    @ArchTest
    static final ArchRule sqlIsRunByJdbcClassesAlone = noClasses()
            .that()
            .haveNameNotMatching(
                    ".*\\.(Jdbc\\w+|OutboxSchema|OutboxTables|OutboxRowMapper|MissingTables\\w+|\\w+Configuration)"
                            + "(\\$.*)?")
            .and()
            .resideOutsideOfPackage("dev.outbox.test..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.jdbc..")
            .because("each table has one place where its statements stand");

    @ArchTest
    static final ArchRule clientsKnowWhereTheTablesAre = noClasses()
            .that()
            .doNotHaveSimpleName("OutboxTables")
            .and()
            .doNotHaveSimpleName("OutboxSchema")
            .and()
            .haveNameNotMatching(".*\\.Jdbc(Bounded|Isolated)Transaction(\\$.*)?")
            .should()
            .callMethod(JdbcClient.class, "create", DataSource.class)
            .orShould()
            .callMethod(JdbcClient.class, "create", JdbcOperations.class)
            .because("OutboxTables.client(...) puts the schema before the names of the tables");

    @ArchTest
    static final ArchRule templatesKnowWhereTheTablesAre = classes()
            .that(describe("make a template", SqlTests::makesATemplate))
            // Their templates speak of no table.
            .and()
            .haveNameNotMatching(".*\\.(Jdbc(Bounded|Isolated)Transaction(\\$.*)?|JdbcProjectedTables)")
            .should()
            .callMethod(OutboxTables.class, "qualify", String.class)
            .because("a template runs the statement that it is given");

    @ArchTest
    static final ArchRule wiringSaysWhereTheTablesAre = noClasses()
            .that()
            .haveSimpleNameEndingWith("AutoConfiguration")
            .should()
            .callMethodWhere(describe("leave the tables to the search_path", SqlTests::knowsNoTables))
            .because("outbox.schema.name says where they are");

    @ArchTest
    static final ArchRule transactionsOfOurOwnAreBounded = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.outbox.producer..",
                    "dev.outbox.consumer..",
                    "dev.outbox.eventstore.internal.aggregate",
                    "dev.outbox.eventstore.internal.projection..",
                    "dev.outbox.eventstore.internal.subject",
                    "dev.outbox.internal.datasource",
                    "dev.outbox.test..")
            .and()
            .haveNameNotMatching(".*\\.Jdbc(Bounded|Isolated)Transaction(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.springframework\\.(transaction\\..*|jdbc\\..*TransactionManager)")
            .because("the locks of a BoundedTransaction do not outlast a process that is stopped; commands and"
                    + " projections have the transactions of the service");

    @ArchTest
    static final ArchRule writesAreInATransaction = classes()
            .that(describe("write", SqlTests::writes))
            .and()
            .haveNameNotMatching(
                    ".*\\.(JdbcOutboxWriter|Jdbc(Portable)?InboxParkingStore|Jdbc(Portable)?ParkedRows\\$OfLanes"
                            + "|Jdbc(Portable)?SequenceRuns|JdbcPortable(EventId|Sequence)Guard"
                            + "|JdbcPortable(OutboxWriter|EventQueue)|JdbcStreams|JdbcSnapshots|JdbcSubjects"
                            + "|JdbcProjectionLanes\\$Swap|JdbcImportLedger|JdbcPeerTable)")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(BoundedTransaction.class)
            .because(
                    "a pool whose connections do not commit by themselves takes back every write outside a transaction;"
                            + " writers and streams take part in that of the service, parking stores and guards in that of lane or inbox");

    @ArchTest
    static final ArchRule rowsAreReadToTheEnd = noClasses()
            .should()
            .callMethodWhere(describe("read rows as a stream", SqlTests::keepsTheConnection))
            .because(
                    "a stream of rows keeps its connection until it is closed, which is easily forgotten: use list() or set()");

    /** Hibernate flushes inserts before updates: a row of the outbox that is an entity would be ordered wrongly. */
    @ArchTest
    static final ArchRule noRowOfOursIsAnEntity = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Jpa")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "org.springframework.data..")
            .because("the outbox is written by JDBC after the flush, never by an entity in it");

    private static boolean knowsNoTables(JavaMethodCall call) {
        List<String> parameters = call.getTarget().getRawParameterTypes().stream()
                .map(JavaClass::getName)
                .toList();
        return (call.getTargetOwner().isInterface() || call.getTargetOwner().isRecord())
                && call.getTargetOwner().getPackageName().startsWith("dev.outbox")
                && parameters.contains(DataSource.class.getName())
                && !parameters.contains(OutboxTables.class.getName());
    }

    private static boolean keepsTheConnection(JavaMethodCall call) {
        return call.getTargetOwner().getPackageName().startsWith("org.springframework.jdbc")
                && call.getTarget().getRawReturnType().isAssignableTo(Stream.class);
    }

    private static boolean writes(JavaClass type) {
        return type.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().getPackageName().startsWith("org.springframework.jdbc.core")
                        && (call.getName().equals("update") || call.getName().equals("batchUpdate")));
    }

    private static boolean makesATemplate(JavaClass type) {
        return type.getConstructorCallsFromSelf().stream()
                .map(JavaConstructorCall::getTargetOwner)
                .anyMatch(made -> made.isEquivalentTo(JdbcTemplate.class)
                        || made.isEquivalentTo(NamedParameterJdbcTemplate.class));
    }
}
