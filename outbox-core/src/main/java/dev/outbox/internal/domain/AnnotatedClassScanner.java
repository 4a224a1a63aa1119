package dev.outbox.internal.domain;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Finds the classes that carry an annotation, below the given packages. */
public final class AnnotatedClassScanner {

    private final ClassPathScanningCandidateComponentProvider scanner;
    private final ResourceLoader resourceLoader;

    /**
     * @param annotation which the class itself carries
     */
    public AnnotatedClassScanner(
            Class<? extends Annotation> annotation, Environment environment, ResourceLoader resourceLoader) {
        this.resourceLoader = resourceLoader;
        this.scanner = new ClassPathScanningCandidateComponentProvider(false, environment) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return definition.getMetadata().isIndependent();
            }
        };
        scanner.setResourceLoader(resourceLoader);
        scanner.addIncludeFilter(new AnnotationTypeFilter(annotation, false));
    }

    /** {@return the classes below the packages} */
    public List<Class<?>> scan(Collection<String> packages) {
        List<Class<?>> found = new ArrayList<>();
        for (String basePackage : packages) {
            for (BeanDefinition definition : scanner.findCandidateComponents(basePackage)) {
                String className = String.valueOf(definition.getBeanClassName());
                found.add(ClassUtils.resolveClassName(className, resourceLoader.getClassLoader()));
            }
        }
        return found;
    }
}
