package com.example.clinic.visit;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/pets/{petId}/visits")
class VisitController {

    private final VisitRepository visits;

    VisitController(VisitRepository visits) {
        this.visits = visits;
    }

    @GetMapping
    List<Visit> of(@PathVariable int petId) {
        return visits.findByPetId(petId);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Visit book(@PathVariable int petId, @RequestBody Visit visit) {
        visit.setPetId(petId);
        return visits.save(visit);
    }
}
