package dev.outbox.people;

import dev.outbox.eventstore.Subjects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the service does when somebody asks to be forgotten. */
@Service
public class Farewell {

    private final Subjects subjects;

    Farewell(Subjects subjects) {
        this.subjects = subjects;
    }

    @Transactional
    public void to(String person) {
        subjects.forget(person);
    }
}
