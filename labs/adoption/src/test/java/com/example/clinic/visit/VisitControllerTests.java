package com.example.clinic.visit;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest(VisitController.class)
class VisitControllerTests {

    @Autowired
    private MockMvc mvc;

    @MockitoBean
    private VisitRepository visits;

    @Test
    void booksAVisit() throws Exception {
        Visit visit = new Visit();
        visit.setId(7);
        visit.setDate(LocalDate.parse("2026-05-04"));
        given(visits.save(any())).willReturn(visit);
        mvc.perform(post("/pets/3/visits")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"date\":\"2026-05-04\",\"description\":\"vaccination\"}"))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.id").value(7));
    }
}
