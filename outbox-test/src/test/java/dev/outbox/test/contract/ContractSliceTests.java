package dev.outbox.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.test.contract.depot.Depot;
import dev.outbox.test.contract.vault.Vault;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

/** How much of a service the check of its events has. */
class ContractSliceTests {

    @Test
    void theMapperIsTheOneThatTheServiceConfiguresInJava() {
        try (ContractSlice slice = ContractSlice.of(Depot.class, type -> true)) {
            assertThat(slice.declaredEvents())
                    .singleElement()
                    .satisfies(event -> assertThat(
                                    event.schema().path("properties").propertyNames())
                            .containsExactlyInAnyOrder("pallet_id", "gross_weight"));
        }
    }

    @Test
    void aMapperThatCannotBeHadWithoutOtherBeansFailsTheCheckWithAMend() {
        assertThatThrownBy(() -> ContractSlice.of(Vault.class, type -> true))
                .rootCause()
                .isInstanceOf(NoSuchBeanDefinitionException.class);
        assertThatThrownBy(() -> ContractSlice.of(Vault.class, type -> true))
                .hasStackTraceContaining("Vault$Secrets.secret configures the mapper")
                .hasStackTraceContaining("Make it static, or move it to its own class");
    }
}
