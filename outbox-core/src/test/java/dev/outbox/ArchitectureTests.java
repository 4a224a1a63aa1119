package dev.outbox;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.outbox.store.BoundedTransaction;
import dev.outbox.store.OutboxTables;
import java.time.Clock;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@AnalyzeClasses(
        packages = {"dev.outbox.event", "dev.outbox.setup", "dev.outbox.store"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().matching("(**)")
            .should()
            .beFreeOfCycles()
            .because("a reader follows an event forward, package by package");

    @ArchTest
    static final ArchRule theEventKnowsNoTable = noClasses()
            .that()
            .resideInAPackage("dev.outbox.event")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("dev.outbox.event", "java..", "org.jspecify..")
            .because("the event is plain data; the store turns it into rows, the relay into records");

    @ArchTest
    static final ArchRule neitherBootNorKafka = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.boot..", "org.apache.kafka..")
            .because("the core is shared by a service without Kafka and by programs without Boot");

    @ArchTest
    static final ArchRule sqlIsRunByTheStoreAlone = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Jdbc")
            .and()
            .doNotHaveSimpleName("OutboxSchema")
            .and()
            .doNotHaveSimpleName("OutboxTables")
            .and()
            .doNotHaveSimpleName("OutboxRowMapper")
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
            .doNotHaveSimpleName("JdbcBoundedTransaction")
            .should()
            .callMethod(JdbcClient.class, "create", DataSource.class)
            .orShould()
            .callMethod(JdbcClient.class, "create", JdbcOperations.class)
            .because("OutboxTables.client(...) puts the schema before the names of the tables");

    @ArchTest
    static final ArchRule templatesKnowWhereTheTablesAre = classes()
            .that(describe("make a template", ArchitectureTests::makesATemplate))
            // Its template speaks of no table.
            .and()
            .doNotHaveSimpleName("JdbcBoundedTransaction")
            .should()
            .callMethod(OutboxTables.class, "qualify", String.class)
            .because("a template runs the statement that it is given");

    @ArchTest
    static final ArchRule transactionsAreBounded = noClasses()
            .that()
            .doNotHaveSimpleName("JdbcBoundedTransaction")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.springframework\\.(transaction\\..*|jdbc\\..*TransactionManager)")
            .because("the locks of a BoundedTransaction do not outlast a process that is stopped");

    @ArchTest
    static final ArchRule writesAreInATransaction = classes()
            .that(describe("write", ArchitectureTests::writes))
            .and()
            .doNotHaveSimpleName("JdbcOutboxWriter")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(BoundedTransaction.class)
            .because(
                    "a pool whose connections do not commit by themselves takes back every write outside a transaction;"
                            + " the writer takes part in that of the service");

    @ArchTest
    static final ArchRule implementationsAreHidden = classes()
            .that(simpleNameStartingWith("Jdbc"))
            .should()
            .notHaveModifier(PUBLIC)
            .because("the interface is the door; its factory method hands out the implementation");

    @ArchTest
    static final ArchRule timeIsGiven = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .because("a Clock is passed in, so that tests decide what time it is");

    @ArchTest
    static final ArchRule namesSayWhat = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Utils?|Helper)")
            .because("the name of a class is the job it has");

    @ArchTest
    static final ArchRule noStandardStreams = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule noGenericExceptions = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule noJavaUtilLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

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
