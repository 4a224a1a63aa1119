package dev.outbox.sample.demo;

import java.util.List;

/** The applications that run. */
record Services(ServiceProcess orders, ServiceProcess relay, ServiceProcess inventory) {

    List<ServiceProcess> all() {
        return List.of(orders, relay, inventory);
    }
}
