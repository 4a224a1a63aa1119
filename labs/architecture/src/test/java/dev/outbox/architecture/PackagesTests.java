package dev.outbox.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

@AnalyzeClasses(packages = "dev.outbox", importOptions = Libraries.class)
class PackagesTests {

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().matching("(**)")
            .should()
            .beFreeOfCycles()
            .because("a reader follows an event forward, package by package");

    @ArchTest
    static final ArchRule theCoreKnowsNobody = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.outbox.producer..",
                    "dev.outbox.consumer..",
                    "dev.outbox.relay..",
                    "dev.outbox.eventstore..",
                    "dev.outbox.console..",
                    "dev.outbox.sidecar..",
                    "dev.outbox.contract..",
                    "dev.outbox.test..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.outbox.producer..", "dev.outbox.consumer..", "dev.outbox.relay..")
            .because("all three are built on it");

    @ArchTest
    static final ArchRule theProducerKnowsNeitherConsumerNorRelay = noClasses()
            .that()
            .resideInAPackage("dev.outbox.producer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.outbox.consumer..", "dev.outbox.relay..")
            .because("a service may publish without them");

    @ArchTest
    static final ArchRule theConsumerKnowsNeitherProducerNorRelay = noClasses()
            .that()
            .resideInAPackage("dev.outbox.consumer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.outbox.producer..", "dev.outbox.relay..")
            .because("a handler raises events as every other code of the service does");

    @ArchTest
    static final ArchRule theRelayKnowsNeitherProducerNorConsumer = noClasses()
            .that()
            .resideInAPackage("dev.outbox.relay..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.outbox.producer..", "dev.outbox.consumer..")
            .because("it may be a process of its own");

    @ArchTest
    static final ArchRule theEventStoreKnowsTheProducerAlone = noClasses()
            .that()
            .resideInAPackage("dev.outbox.eventstore..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.outbox.consumer..", "dev.outbox.relay..", "org.apache.kafka..", "org.springframework.kafka..")
            .because("an event-sourced service need not publish, and has no Kafka client then");

    @ArchTest
    static final ArchRule nobodyNeedsTheEventStore = noClasses()
            .that()
            .resideOutsideOfPackages("dev.outbox.eventstore..", "dev.outbox.test..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.outbox.eventstore..")
            .because("a service that is not event-sourced gets nothing of it");

    @ArchTest
    static final ArchRule theConsoleKnowsNoProducer = noClasses()
            .that()
            .resideInAPackage("dev.outbox.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.outbox.producer..", "dev.outbox.sidecar..")
            .because("it shows what a relay and an inbox have, and is part of the sidecar");

    @ArchTest
    static final ArchRule theConsoleOfARelayNeedsNoInbox = noClasses()
            .that()
            .resideInAPackage("dev.outbox.console..")
            .and()
            .resideOutsideOfPackage("..inbox..")
            .and()
            .haveSimpleNameNotStartingWith("Inbox")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.outbox.consumer..")
            .because("the sidecar has no inbox");

    @ArchTest
    static final ArchRule theConsoleOfAnInboxNeedsNoRelay = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.outbox.console.internal.page",
                    "dev.outbox.console.internal.page.inbox",
                    "dev.outbox.console.internal.api.inbox",
                    "dev.outbox.console.internal.access",
                    "dev.outbox.console.internal.payload")
            .or()
            .haveFullyQualifiedName("dev.outbox.console.internal.api.ApiProblems")
            .or()
            .haveFullyQualifiedName("dev.outbox.console.internal.api.ApiAutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.outbox.relay..")
            .because("a service may consume beside a sidecar, or without an outbox");

    @ArchTest
    static final ArchRule nobodyNeedsTheConsole = noClasses()
            .that()
            .resideOutsideOfPackages("dev.outbox.console..", "dev.outbox.sidecar..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.outbox.console..", "dev.outbox.sidecar..")
            .because("a relay in a service has no web pages unless the service adds them");

    @ArchTest
    static final ArchRule theProducerNeedsNoKafka = noClasses()
            .that()
            .resideInAPackage("dev.outbox.producer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..")
            .because("a service that only publishes has no Kafka client");

    @ArchTest
    static final ArchRule theEventKnowsNoTable = noClasses()
            .that()
            .resideInAPackage("dev.outbox.event")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("dev.outbox.event", "java..", "org.jspecify..")
            .because("the event is plain data; the producer turns it into rows, the relay into records");

    @ArchTest
    static final ArchRule portsKnowNothingOfTheRelay = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.outbox.relay.internal.log",
                    "dev.outbox.relay.internal.lease",
                    "dev.outbox.relay.broker",
                    "dev.outbox.relay.parking")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.outbox.relay", "dev.outbox.relay.internal.database", "dev.outbox.relay.sidecar")
            .because("the state machine is built on its ports, not they on it");

    @ArchTest
    static final ArchRule internalsAreUsedByTheirModuleAlone = classes()
            .that()
            .resideInAPackage("..internal..")
            .should(beUsedWithinThePackageAround())
            .because("they change with every version; outbox-test, which drives them, has the same one");

    private static ArchCondition<JavaClass> beUsedWithinThePackageAround() {
        return new ArchCondition<>("be used within the package around it") {

            @Override
            public void check(JavaClass internal, ConditionEvents events) {
                String around = internal.getPackageName().replaceFirst("\\.internal\\b.*", "");
                internal.getDirectDependenciesToSelf().stream()
                        .filter(use -> !isWithin(around, use.getOriginClass())
                                && !isWithin("dev.outbox.test", use.getOriginClass()))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(use, use.getDescription())));
            }
        };
    }

    private static boolean isWithin(String around, JavaClass user) {
        return (user.getPackageName() + ".").startsWith(around + ".");
    }
}
