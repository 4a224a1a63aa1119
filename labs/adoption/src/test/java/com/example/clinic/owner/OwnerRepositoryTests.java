package com.example.clinic.owner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;

@DataJpaTest
class OwnerRepositoryTests {

    @Autowired
    private OwnerRepository owners;

    @Test
    void findsOwnersByTheirCity() {
        Owner owner = new Owner();
        owner.setName("Maria");
        owner.setCity("Porto");
        Pet pet = new Pet();
        pet.setName("Luna");
        owner.getPets().add(pet);
        owners.save(owner);
        assertThat(owners.findByCity("Porto"))
                .singleElement()
                .satisfies(found -> assertThat(found.getPets()).hasSize(1));
    }
}
