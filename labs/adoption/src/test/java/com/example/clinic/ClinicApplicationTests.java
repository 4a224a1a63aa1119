package com.example.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.clinic.owner.Owner;
import com.example.clinic.owner.OwnerRepository;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class ClinicApplicationTests {

    @Autowired
    private OwnerRepository owners;

    @Test
    void startsAndKeepsOwners() {
        Owner owner = new Owner();
        owner.setName("Maria");
        assertThat(owners.findById(owners.save(owner).getId())).isPresent();
    }
}
