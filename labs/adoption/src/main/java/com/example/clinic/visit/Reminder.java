package com.example.clinic.visit;

import com.example.clinic.BaseEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.LocalDate;

@Entity
@Table(name = "reminders")
public class Reminder extends BaseEntity {

    @Column(name = "visit_id")
    private Integer visitId;

    @Column(name = "remind_on")
    private LocalDate on;

    protected Reminder() {}

    public Reminder(Integer visitId, LocalDate on) {
        this.visitId = visitId;
        this.on = on;
    }

    public Integer getVisitId() {
        return visitId;
    }

    public LocalDate getOn() {
        return on;
    }
}
