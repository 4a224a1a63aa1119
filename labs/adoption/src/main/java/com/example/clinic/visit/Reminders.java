package com.example.clinic.visit;

import com.example.clinic.visit.Visit.VisitBooked;
import dev.outbox.consumer.DomainEventHandler;
import org.springframework.stereotype.Service;

@Service
class Reminders {

    private final ReminderRepository reminders;

    Reminders(ReminderRepository reminders) {
        this.reminders = reminders;
    }

    @DomainEventHandler
    void remind(VisitBooked visit) {
        reminders.save(new Reminder(visit.visitId(), visit.date().minusDays(1)));
    }
}
