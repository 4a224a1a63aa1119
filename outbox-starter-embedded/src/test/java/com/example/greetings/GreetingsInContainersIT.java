package com.example.greetings;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.greetings.GreetingsApplication.Greetings;
import com.example.greetings.GreetingsApplication.Guests;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** Asked for by name ({@code -Pcontainers}), never detected. */
@EnabledIfSystemProperty(named = "outbox.test.servers", matches = "containers")
@SpringBootTest(properties = "spring.application.name=greetings")
@Import(Containers.class)
class GreetingsInContainersIT {

    @Autowired
    private Greetings greetings;

    @Autowired
    private Guests guests;

    @Test
    void anEventGoesThroughTheDatabaseAndTheBrokerToItsHandler() throws InterruptedException {
        greetings.greet("Ada");
        assertThat(guests.greeted().poll(2, TimeUnit.MINUTES)).isEqualTo("Ada");
    }
}
