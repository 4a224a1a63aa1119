package com.example.shop;

import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

/** The first steps that the README shows: what it publishes at start comes to its handler. */
@SpringBootTest(
        properties = {
            "spring.application.name=shop",
            "spring.sql.init.mode=always",
            "spring.sql.init.schema-locations=classpath:com/example/shop/schema.sql",
            "spring.jpa.hibernate.ddl-auto=none",
            "outbox.enabled=true"
        })
@Import(TestServers.class)
@ExtendWith(OutputCaptureExtension.class)
class ShopIT {

    @Test
    void theFirstOrderIsShipped(CapturedOutput output) {
        await().atMost(Patience.LIMIT).until(() -> isShipped(output));
    }

    private static boolean isShipped(CapturedOutput output) {
        return output.getOut().lines().anyMatch(line -> line.matches(".*To be shipped: order \\S+ of Ada"));
    }
}
