package dev.outbox.stock;

import dev.outbox.embedded.TestServers;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What both variants of the service have. */
@Configuration(proxyBeanMethods = false)
@Import({
    TestServers.class,
    StockHandlers.class,
    OrderUpcasters.class,
    Disturbance.class,
    StockRows.class,
    OrderTopic.class
})
class Stock {}
