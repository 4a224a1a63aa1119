package dev.outbox.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

@AnalyzeClasses(packages = "dev.outbox", importOptions = Libraries.class)
class WiringTests {

    @ArchTest
    static final ArchRule nothingDependsOnAutoConfiguration = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("AutoConfiguration")
            .and()
            .areTopLevelClasses()
            .and()
            .resideOutsideOfPackage("dev.outbox.test..")
            .should()
            .dependOnClassesThat()
            .areAnnotatedWith(AutoConfiguration.class)
            .because("the auto-configuration is the last file of its feature; for an order, it names another");

    @ArchTest
    static final ArchRule bootStaysAtTheEdge = noClasses()
            .that()
            .haveNameNotMatching(
                    ".*(Configuration|Properties|FailureAnalyzer|Detector|Condition|Endpoint|HealthIndicator"
                            + "|RelayApplication|DebeziumCommand|JdbcApplicationPool)(\\$.*)?")
            .and()
            .areTopLevelClasses()
            .and()
            .resideOutsideOfPackage("dev.outbox.test..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.springframework.boot..")
                    .and(not(resideInAPackage("org.springframework.boot.context.properties.."))))
            .because("what the classes do must not depend on how they are wired");

    @ArchTest
    static final ArchRule theRelaySeesKafkaThroughItsPublisher = noClasses()
            .that()
            .resideInAPackage("dev.outbox.relay..")
            .and()
            .haveSimpleNameNotStartingWith("Kafka")
            .and()
            .haveSimpleNameNotEndingWith("AutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..")
            .because("the relay must be testable without a broker, and another broker be possible");

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
    static final ArchRule beanMethodsAreHidden = methods()
            .that()
            .areAnnotatedWith(Bean.class)
            .should()
            .notBePublic()
            .because("beans are replaced by type, not by overriding a method");

    @ArchTest
    static final ArchRule whatCanBeReplacedIsPublic = methods()
            .that()
            .areAnnotatedWith(ConditionalOnMissingBean.class)
            .should(standOnPublicTypes())
            .because("a user cannot implement what is not for users");

    @ArchTest
    static final ArchRule classConditionsAreOnClasses = methods()
            .that()
            .areAnnotatedWith(Bean.class)
            .should()
            .notBeAnnotatedWith(ConditionalOnClass.class)
            .because("a class with a missing type in a signature cannot be loaded to look at the condition");

    @ArchTest
    static final ArchRule implementationsAreHidden = classes()
            .that()
            .haveNameMatching(".*\\.(Jdbc\\w*|Kafka\\w*|\\w*Listener|\\w*Factory)")
            .and()
            // No interface stands before these; their neighbours in the same module call them.
            .haveNameNotMatching(".*\\.(JdbcTablesCheck|JdbcWalFlush|KafkaBroker|KafkaEventPublisher)")
            .and()
            .areNotInterfaces()
            .should()
            .notHaveModifier(PUBLIC)
            .because("the interface is the door; its factory method hands out the implementation");

    /** Nothing is asked of a bean that is found by its name, such as a health indicator. */
    private static ArchCondition<JavaMethod> standOnPublicTypes() {
        return new ArchCondition<>("stand on public types outside of internal packages") {

            @Override
            public void check(JavaMethod bean, ConditionEvents events) {
                JavaAnnotation<?> condition = bean.getAnnotationOfType(ConditionalOnMissingBean.class.getName());
                if (((Object[]) condition.get("name").orElseThrow()).length > 0) {
                    return;
                }
                JavaClass[] named = (JavaClass[]) condition.get("value").orElseThrow();
                Stream.of(named.length > 0 ? named : new JavaClass[] {bean.getRawReturnType()})
                        .filter(type -> !type.getModifiers().contains(PUBLIC)
                                || type.getPackageName().contains(".internal"))
                        .map(type -> "%s stands on %s".formatted(bean.getFullName(), type.getName()))
                        .forEach(found -> events.add(SimpleConditionEvent.violated(bean, found)));
            }
        };
    }
}
