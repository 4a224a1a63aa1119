package dev.outbox.clinic;

import jakarta.persistence.Entity;
import jakarta.persistence.Transient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.data.domain.AfterDomainEventPublication;
import org.springframework.data.domain.DomainEvents;

@Entity
public class Visit extends BaseEntity {

    private String pet = "";

    @Transient
    private final List<Supplier<Object>> happened = new ArrayList<>();

    protected Visit() {}

    public static Visit book(String pet) {
        Visit visit = new Visit();
        visit.pet = pet;
        visit.happened.add(() -> new VisitBooked(visit.getId(), pet));
        return visit;
    }

    public Visit move(String otherPet) {
        pet = otherPet;
        happened.add(() -> new VisitMoved(getId(), otherPet));
        return this;
    }

    public String getPet() {
        return pet;
    }

    @DomainEvents
    List<Object> events() {
        return happened.stream().map(Supplier::get).toList();
    }

    @AfterDomainEventPublication
    void clearEvents() {
        happened.clear();
    }
}
