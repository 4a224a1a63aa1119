package dev.outbox.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@AnalyzeClasses(packages = "dev.outbox", importOptions = Libraries.class)
class HabitsTests {

    @ArchTest
    static final ArchRule timeIsGiven = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("AutoConfiguration")
            .and()
            .resideOutsideOfPackage("dev.outbox.test..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(LocalDateTime.class)
            .because("time is passed in, so that tests decide what it is");

    @ArchTest
    static final ArchRule treesAreBoundByAWayThatEachJacksonHas = noClasses()
            .should()
            .callMethod(JsonMapper.class, "treeToValue", JsonNode.class, Class.class)
            .because(
                    "Jackson 3.0, which Spring Boot 4.0 brings, does not have it; use readerFor(type).readValue(tree)");

    @ArchTest
    static final ArchRule namesSayWhat = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Utils?|Helper)")
            .because("the name of a class is the job it has");

    @ArchTest
    static final ArchRule noFieldInjection = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule noStandardStreams = noClasses()
            .that()
            .doNotHaveSimpleName("RelayApplication")
            .and()
            .doNotHaveSimpleName("Terminal")
            .should(ACCESS_STANDARD_STREAMS)
            .because("what is said goes to the log; only the result of a command is printed, by the command 'debezium'"
                    + " of the relay and by the terminal of the command line");

    @ArchTest
    static final ArchRule noGenericExceptions = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule noJavaUtilLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
