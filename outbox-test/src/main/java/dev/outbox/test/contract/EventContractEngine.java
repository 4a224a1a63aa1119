package dev.outbox.test.contract;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.ClasspathRootSelector;
import org.junit.platform.engine.discovery.PackageSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;

/**
 * Checks the events of a service against its catalog in every test run of its module, without a test class for it: JUnit
 * finds the engine on the test class path, and the engine finds the application as a Spring Boot test does.
 *
 * <p>It runs as one test per run, even if a build passes the test classes one by one. It is left out of a run of single test
 * methods, with {@code outbox.contract.enabled=false}, and in a module whose application belongs to its tests.
 *
 * <p>Parameters of JUnit or system properties: {@value #CATALOG} with {@code accept} writes intended changes into the
 * catalog; {@value #ENABLED}.
 *
 * @since 0.1.0
 */
public final class EventContractEngine implements TestEngine {

    static final String ID = "outbox-event-contract";
    static final String CATALOG = "outbox.catalog";
    static final String ENABLED = "outbox.contract.enabled";

    private static final String TEST = "eventsAreThoseOfTheCatalog";

    private static final AtomicBoolean DONE = new AtomicBoolean();

    private final Function<Class<?>, Optional<ServiceModule>> modules;
    private final AtomicBoolean done;

    /** For the service loader. */
    public EventContractEngine() {
        this(ServiceModule::ofTest, DONE);
    }

    EventContractEngine(Function<Class<?>, Optional<ServiceModule>> modules, AtomicBoolean done) {
        this.modules = modules;
        this.done = done;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        EngineDescriptor engine = new EngineDescriptor(uniqueId, "Outbox event contract");
        boolean enabled =
                request.getConfigurationParameters().getBoolean(ENABLED).orElse(true);
        if (enabled && !done.get()) {
            selectedClasses(request)
                    .map(modules)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(module -> engine.addChild(new ContractDescriptor(uniqueId, module)));
        }
        return engine;
    }

    @Override
    public void execute(ExecutionRequest request) {
        EngineExecutionListener listener = request.getEngineExecutionListener();
        TestDescriptor engine = request.getRootTestDescriptor();
        listener.executionStarted(engine);
        for (TestDescriptor contract : engine.getChildren()) {
            done.set(true);
            listener.executionStarted(contract);
            for (TestDescriptor test : contract.getChildren()) {
                listener.executionStarted(test);
                listener.executionFinished(test, result(((ContractDescriptor) contract).module, isAccepting(request)));
            }
            listener.executionFinished(contract, TestExecutionResult.successful());
        }
        listener.executionFinished(engine, TestExecutionResult.successful());
    }

    private static boolean isAccepting(ExecutionRequest request) {
        return request.getConfigurationParameters()
                .get(CATALOG)
                .filter("accept"::equals)
                .isPresent();
    }

    private static TestExecutionResult result(ServiceModule module, boolean accept) {
        try {
            run(module, accept);
            return TestExecutionResult.successful();
        } catch (AssertionError | RuntimeException failed) {
            return TestExecutionResult.failed(failed);
        }
    }

    private static void run(ServiceModule module, boolean accept) {
        try (ContractSlice slice = ContractSlice.of(module.application(), module::contains)) {
            CatalogFolder folder = CatalogFolder.ofModule(module.root());
            Contract contract =
                    new Contract(slice.service(), slice.declaredEvents(), folder, slice.payloads(), Clock.systemUTC());
            if (accept) {
                contract.accept();
            } else {
                contract.check();
            }
            contract.writeDocuments(module.output());
        }
    }

    private static Stream<Class<?>> selectedClasses(EngineDiscoveryRequest request) {
        Stream<Class<?>> classes =
                request.getSelectorsByType(ClassSelector.class).stream().map(ClassSelector::getJavaClass);
        Stream<Class<?>> roots = request.getSelectorsByType(ClasspathRootSelector.class).stream()
                .flatMap(root ->
                        ReflectionSupport.findAllClassesInClasspathRoot(
                                root.getClasspathRoot(), type -> true, name -> true)
                                .stream());
        Stream<Class<?>> packages = request.getSelectorsByType(PackageSelector.class).stream()
                .flatMap(found ->
                        ReflectionSupport.findAllClassesInPackage(found.getPackageName(), type -> true, name -> true)
                                .stream());
        Stream<Class<?>> again = request.getSelectorsByType(UniqueIdSelector.class).stream()
                .flatMap(selector -> selector.getUniqueId().getSegments().stream())
                .filter(segment -> segment.getType().equals(ContractDescriptor.SEGMENT))
                .map(segment ->
                        ReflectionSupport.tryToLoadClass(segment.getValue()).toOptional())
                .flatMap(Optional::stream);
        return Stream.of(classes, roots, packages, again).flatMap(found -> found);
    }

    /**
     * Looks like a class with a test, as build tools expect: they do not report anything that is neither a class nor a test.
     */
    private static final class ContractDescriptor extends AbstractTestDescriptor {

        static final String SEGMENT = "application";

        private final ServiceModule module;

        ContractDescriptor(UniqueId engine, ServiceModule module) {
            super(
                    engine.append(SEGMENT, module.application().getName()),
                    "Events of " + module.application().getSimpleName(),
                    ClassSource.from(module.application()));
            this.module = module;
            addChild(new AgreementDescriptor(getUniqueId(), module.application()));
        }

        @Override
        public Type getType() {
            return Type.CONTAINER;
        }
    }

    private static final class AgreementDescriptor extends AbstractTestDescriptor {

        AgreementDescriptor(UniqueId contract, Class<?> application) {
            super(contract.append("test", TEST), TEST, MethodSource.from(application.getName(), TEST));
        }

        @Override
        public Type getType() {
            return Type.TEST;
        }
    }
}
