package com.example.greetings;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.greetings.GreetingsApplication.Greetings;
import com.example.greetings.GreetingsApplication.Guests;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;

/** Both servers come with {@code outbox-devservices}. */
@SpringBootTest(properties = "spring.application.name=greetings")
class GreetingsIT {

    @Autowired
    private Greetings greetings;

    @Autowired
    private Guests guests;

    @Test
    void anEventGoesThroughTheDatabaseAndTheBrokerToItsHandler() throws InterruptedException {
        greetings.greet("Ada");
        assertThat(guests.greeted().poll(2, TimeUnit.MINUTES)).isEqualTo("Ada");
    }

    /** As the cache of test contexts does, and a checkpoint of the process. */
    @Test
    void aContextThatWasStoppedAndStartedAgainGoesOn(@Autowired ConfigurableApplicationContext context)
            throws InterruptedException {
        context.stop();
        context.start();
        greetings.greet("Grace");
        assertThat(guests.greeted().poll(2, TimeUnit.MINUTES)).isEqualTo("Grace");
    }
}
