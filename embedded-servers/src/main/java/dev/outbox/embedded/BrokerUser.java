package dev.outbox.embedded;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The user of a {@link GuardedBroker}, who logs in with a password and may do only what it is allowed to: at
 * first, nothing. Thread-safe.
 */
public final class BrokerUser {

    static final String NAME = "service";
    static final String PASSWORD = "secret";
    static final String MECHANISM = "PLAIN";
    static final String LOGIN_MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";

    private final String adminServers;
    private final String servers;

    BrokerUser(String adminServers, String servers) {
        this.adminServers = adminServers;
        this.servers = servers;
    }

    /** {@return where this user logs in} */
    public String bootstrapServers() {
        return servers;
    }

    /** {@return what a client of this user needs beside the servers} */
    public Map<String, String> login() {
        return Map.of(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                "SASL_PLAINTEXT",
                SaslConfigs.SASL_MECHANISM,
                MECHANISM,
                SaslConfigs.SASL_JAAS_CONFIG,
                "%s required username=\"%s\" password=\"%s\";".formatted(LOGIN_MODULE, NAME, PASSWORD));
    }

    /** Lets this user do something with a topic, a group or what else there is. The broker heeds it from now on. */
    public void allow(ResourceType type, String name, AclOperation... operations) {
        List<AclBinding> allowed = allowed(type, name, operations);
        change(admin -> {
            admin.createAcls(allowed).all().get();
            return new HashSet<>(known(admin)).containsAll(allowed);
        });
    }

    /** Takes back what was allowed. The broker heeds it from now on. */
    public void forbid(ResourceType type, String name, AclOperation... operations) {
        List<AclBinding> allowed = allowed(type, name, operations);
        change(admin -> {
            admin.deleteAcls(allowed.stream().map(AclBinding::toFilter).toList())
                    .all()
                    .get();
            return Collections.disjoint(known(admin), allowed);
        });
    }

    private static List<AclBinding> allowed(ResourceType type, String name, AclOperation... operations) {
        ResourcePattern resource = new ResourcePattern(type, name, PatternType.LITERAL);
        return Stream.of(operations)
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry("User:" + NAME, "*", operation, AclPermissionType.ALLOW)))
                .toList();
    }

    /** The broker answers by what it heeds; a change comes to it from the controller. */
    private static Collection<AclBinding> known(Admin admin) throws ExecutionException, InterruptedException {
        return admin.describeAcls(AclBindingFilter.ANY).values().get();
    }

    private void change(Change change) {
        long start = System.nanoTime();
        try (Admin admin = Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, adminServers))) {
            while (!change.isHeeded(admin)) {
                if (System.nanoTime() - start > Patience.LIMIT.toNanos()) {
                    throw new IllegalStateException("The broker does not heed what its user may do");
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker has not changed what its user may do", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while changing what a user may do", e);
        }
    }

    /** Does no harm if it is made again. */
    @FunctionalInterface
    private interface Change {

        boolean isHeeded(Admin admin) throws ExecutionException, InterruptedException;
    }
}
