package com.example.clinic.visit;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

public interface ReminderRepository extends JpaRepository<Reminder, Integer> {

    List<Reminder> findByVisitId(Integer visitId);
}
