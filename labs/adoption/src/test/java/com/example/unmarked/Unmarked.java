package com.example.unmarked;

import dev.outbox.domain.DomainEvent;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/** An event that does not say what its aggregate is; in a package of its own, so that only who asks for it has it. */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
public class Unmarked {

    @DomainEvent(type = "PetMoved", aggregate = "Pet")
    public record PetMoved(Integer petId, String city) {}
}
