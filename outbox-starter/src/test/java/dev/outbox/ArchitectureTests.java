package dev.outbox;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.outbox.store.BoundedTransaction;
import dev.outbox.store.OutboxTables;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@AnalyzeClasses(
        packages = {
            "dev.outbox.avro",
            "dev.outbox.bean",
            "dev.outbox.capture",
            "dev.outbox.catalog",
            "dev.outbox.check",
            "dev.outbox.datasource",
            "dev.outbox.domain",
            "dev.outbox.downcast",
            "dev.outbox.format",
            "dev.outbox.inbox",
            "dev.outbox.schema",
            "dev.outbox.start",
            "dev.outbox.upcast"
        },
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().matching("(**)")
            .should()
            .beFreeOfCycles()
            .because("a reader follows an event forward, package by package");

    @ArchTest
    static final ArchRule publishingAndConsumingDoNotMeet = noClasses()
            .that()
            .resideInAnyPackage("dev.outbox.capture", "dev.outbox.downcast")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.outbox.inbox", "dev.outbox.upcast")
            .because("a service may do one without the other");

    @ArchTest
    static final ArchRule consumingDoesNotPublish = noClasses()
            .that()
            .resideInAnyPackage("dev.outbox.inbox", "dev.outbox.upcast")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.outbox.capture", "dev.outbox.downcast")
            .because("a handler raises events as every other code of the service does");

    @ArchTest
    static final ArchRule treesAreBoundByAWayThatEachJacksonHas = noClasses()
            .should()
            .callMethod(JsonMapper.class, "treeToValue", JsonNode.class, Class.class)
            .because(
                    "Jackson 3.0, which Spring Boot 4.0 brings, does not have it; use readerFor(type).readValue(tree)");

    @ArchTest
    static final ArchRule nothingRefersToAnAutoConfiguration = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("AutoConfiguration")
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("AutoConfiguration")
            .because("wiring comes last");

    /** Hibernate flushes inserts before updates: a row of the outbox that is an entity would be ordered wrongly. */
    @ArchTest
    static final ArchRule noRowOfOursIsAnEntity = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Jpa")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "org.springframework.data..")
            .because("the outbox is written by JDBC after the flush, never by an entity in it");

    @ArchTest
    static final ArchRule sqlIsRunByJdbcClassesAlone = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Jdbc")
            .and()
            .haveSimpleNameNotEndingWith("AutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.jdbc..")
            .because("each table has one place where its statements stand");

    @ArchTest
    static final ArchRule clientsKnowWhereTheTablesAre = noClasses()
            .should()
            .callMethod(JdbcClient.class, "create", DataSource.class)
            .orShould()
            .callMethod(JdbcClient.class, "create", JdbcOperations.class)
            .because("OutboxTables.client(...) puts the schema before the names of the tables");

    @ArchTest
    static final ArchRule templatesKnowWhereTheTablesAre = classes()
            .that(describe("make a template", ArchitectureTests::makesATemplate))
            .should()
            .callMethod(OutboxTables.class, "qualify", String.class)
            .because("a template runs the statement that it is given");

    @ArchTest
    static final ArchRule wiringSaysWhereTheTablesAre = noClasses()
            .that()
            .haveSimpleNameEndingWith("AutoConfiguration")
            .should()
            .callMethodWhere(describe("leave the tables to the search_path", ArchitectureTests::knowsNoTables))
            .because("outbox.schema.name says where they are");

    @ArchTest
    static final ArchRule writesAreInATransaction = classes()
            .that(describe("write", ArchitectureTests::writes))
            .and()
            .haveNameNotMatching(".*\\.(JdbcParkingStore|JdbcSequenceRuns)")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(BoundedTransaction.class)
            .because(
                    "a pool whose connections do not commit by themselves takes back every write outside a transaction;"
                            + " the parking store and the guards take part in that of the inbox");

    @ArchTest
    static final ArchRule bootStaysAtTheEdge = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("AutoConfiguration")
            .and()
            .haveSimpleNameNotEndingWith("Properties")
            .and()
            .haveSimpleNameNotEndingWith("FailureAnalyzer")
            .and()
            .haveSimpleNameNotEndingWith("Detector")
            .and()
            .haveSimpleNameNotEndingWith("Condition")
            .and()
            .haveSimpleNameNotEndingWith("Endpoint")
            .and()
            .haveSimpleNameNotEndingWith("HealthIndicator")
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("org.springframework.boot..")
                    .and(not(resideInAPackage("org.springframework.boot.context.properties.."))))
            .because("what the classes do must not depend on how they are wired");

    @ArchTest
    static final ArchRule autoConfigurationsAreFinal = classes()
            .that()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .haveModifier(FINAL)
            .andShould()
            .haveModifier(PUBLIC)
            .because("Boot's own are");

    @ArchTest
    static final ArchRule beanMethodsAreHidden = methods()
            .that()
            .areAnnotatedWith(Bean.class)
            .should()
            .notBePublic()
            .because("beans are replaced by type, not by overriding a method");

    @ArchTest
    static final ArchRule implementationsAreHidden = classes()
            .that()
            .haveSimpleNameStartingWith("Jdbc")
            .or()
            .haveSimpleNameEndingWith("Listener")
            .or()
            .haveSimpleNameEndingWith("Factory")
            .should()
            .notHaveModifier(PUBLIC)
            .because("only what a service uses or replaces is public");

    @ArchTest
    static final ArchRule timeIsGiven = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("AutoConfiguration")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(LocalDateTime.class)
            .because("a Clock is passed in, so that tests decide what time it is");

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
