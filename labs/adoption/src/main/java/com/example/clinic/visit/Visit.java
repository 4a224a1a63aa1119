package com.example.clinic.visit;

import com.example.clinic.BaseEntity;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.springframework.data.domain.DomainEvents;

@Entity
@Table(name = "visits")
public class Visit extends BaseEntity {

    @Column(name = "pet_id")
    private Integer petId;

    @Column(name = "visit_date")
    private LocalDate date;

    private String description;

    @DomainEvents
    VisitBooked booked() {
        return new VisitBooked(getId(), petId, date);
    }

    @DomainEvent(type = "VisitBooked", aggregate = "Visit")
    record VisitBooked(@AggregateId Integer visitId, Integer petId, LocalDate date) {}

    public Integer getPetId() {
        return petId;
    }

    public void setPetId(Integer petId) {
        this.petId = petId;
    }

    public LocalDate getDate() {
        return date;
    }

    public void setDate(LocalDate date) {
        this.date = date;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }
}
