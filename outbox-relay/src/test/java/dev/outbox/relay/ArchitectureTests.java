package dev.outbox.relay;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.outbox.store.BoundedTransaction;
import dev.outbox.store.OutboxTables;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

@AnalyzeClasses(packages = "dev.outbox.relay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().matching("(**)")
            .should()
            .beFreeOfCycles()
            .because("a reader follows an event forward, package by package");

    @ArchTest
    static final ArchRule portsKnowNothingOfTheRelay = noClasses()
            .that()
            .resideInAnyPackage("..lane", "..broker", "..parking")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.outbox.relay", "..database", "..sidecar")
            .because("the state machine is built on its ports, not they on it");

    @ArchTest
    static final ArchRule nothingDependsOnAutoConfiguration = noClasses()
            .that(not(simpleNameEndingWith("AutoConfiguration")))
            .should()
            .dependOnClassesThat()
            .areAnnotatedWith(AutoConfiguration.class)
            .because("the auto-configuration is the last file of its feature; for an order, it names another");

    @ArchTest
    static final ArchRule sqlIsInJdbcClasses = noClasses()
            .that(not(simpleNameStartingWith("Jdbc")))
            .and()
            .haveSimpleNameNotStartingWith("MissingTables")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.jdbc..")
            .because("each table has one place where its statements stand");

    @ArchTest
    static final ArchRule clientsKnowWhereTheTablesAre = noClasses()
            .should()
            .callMethod(JdbcClient.class, "create", DataSource.class)
            .orShould()
            .dependOnClassesThat(
                    assignableTo(JdbcOperations.class).or(assignableTo(NamedParameterJdbcOperations.class)))
            .because("OutboxTables.client(...) puts the schema before the names of the tables");

    @ArchTest
    static final ArchRule wiringSaysWhereTheTablesAre = noClasses()
            .that()
            .haveSimpleNameEndingWith("AutoConfiguration")
            .should()
            .callMethodWhere(describe("leave the tables to the search_path", ArchitectureTests::knowsNoTables))
            .because("outbox.schema.name says where they are");

    @ArchTest
    static final ArchRule transactionsAreBounded = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.springframework\\.(transaction\\..*|jdbc\\..*TransactionManager)")
            .because("the locks of a BoundedTransaction do not outlast a process that is stopped");

    @ArchTest
    static final ArchRule writesAreInATransaction = classes()
            .that(describe(
                    "write",
                    type -> type.getMethodCallsFromSelf().stream()
                            .anyMatch(call -> call.getTargetOwner().isEquivalentTo(JdbcClient.StatementSpec.class)
                                    && call.getName().equals("update"))))
            .and()
            .doNotHaveSimpleName("JdbcParkingStore")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(BoundedTransaction.class)
            .because(
                    "a pool whose connections do not commit by themselves takes back every write outside a transaction;"
                            + " the parking store takes part in that of the lane");

    @ArchTest
    static final ArchRule kafkaIsBehindThePublisher = noClasses()
            .that(not(simpleNameStartingWith("Kafka")))
            .and()
            .haveSimpleNameNotEndingWith("AutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..")
            .because("the relay must be testable without a broker, and another broker be possible");

    @ArchTest
    static final ArchRule bootIsAtTheEdge = noClasses()
            .that()
            .haveNameNotMatching(
                    ".*((AutoConfiguration|Properties)(\\$.*)?|FailureAnalyzer|HealthIndicator|RelayApplication|JdbcApplicationPool)")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.boot..")
            .because("the relay is a library first; Boot only puts it together");

    @ArchTest
    static final ArchRule autoConfigurationsAreFinal = classes()
            .that()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .haveModifier(PUBLIC)
            .andShould()
            .haveModifier(FINAL)
            .because("Boot loads them by name, and nobody extends them");

    @ArchTest
    static final ArchRule autoConfigurationsShowNothing = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .bePublic()
            .because("they are no API");

    @ArchTest
    static final ArchRule classConditionsAreOnClasses = methods()
            .that()
            .areAnnotatedWith(Bean.class)
            .should()
            .notBeAnnotatedWith(ConditionalOnClass.class)
            .because("a class with a missing type in a signature cannot be loaded to look at the condition");

    @ArchTest
    static final ArchRule implementationsAreHidden = classes()
            .that(simpleNameStartingWith("Jdbc").or(simpleNameStartingWith("Kafka")))
            .should()
            .notHaveModifier(PUBLIC)
            .because("the interface is the door; its factory method hands out the implementation");

    @ArchTest
    static final ArchRule timeIsGiven = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("AutoConfiguration")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("time is passed in, so that tests decide what it is");

    @ArchTest
    static final ArchRule namesSayWhat = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Utils?|Helper)")
            .because("the name of a class is the job it has");

    @ArchTest
    static final ArchRule noFieldInjection = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule noStandardStreams = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule noGenericExceptions = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule noJavaUtilLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    private static boolean knowsNoTables(JavaMethodCall call) {
        List<String> parameters = call.getTarget().getRawParameterTypes().stream()
                .map(JavaClass::getName)
                .toList();
        return (call.getTargetOwner().isInterface() || call.getTargetOwner().isRecord())
                && call.getTargetOwner().getPackageName().startsWith("dev.outbox")
                && parameters.contains(DataSource.class.getName())
                && !parameters.contains(OutboxTables.class.getName());
    }
}
