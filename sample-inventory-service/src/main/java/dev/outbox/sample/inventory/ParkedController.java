package dev.outbox.sample.inventory;

import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.consumer.parking.ReleaseResult;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What could not be handled, for a person who can fix the cause, over HTTP. */
@RestController
@RequestMapping("/parked")
class ParkedController {

    private static final int MOST = 100;

    private final ParkedInboxEvents parked;

    ParkedController(ParkedInboxEvents parked) {
        this.parked = parked;
    }

    @GetMapping
    List<ParkedInboxKey> parked() {
        return parked.keys(MOST);
    }

    /** Handles what is parked of a key, as the list names it. */
    @PostMapping("/release")
    ReleaseResult release(@RequestBody InboxKey key) {
        return parked.release(key);
    }
}
