package dev.outbox.sample.order;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Orders over HTTP. */
@RestController
@RequestMapping("/orders")
class OrderController {

    private final OrderService orders;

    OrderController(OrderService orders) {
        this.orders = orders;
    }

    @PostMapping
    ResponseEntity<OrderView> place(@Valid @RequestBody NewOrder request, UriComponentsBuilder uri) {
        OrderView order = orders.place(request);
        URI location = uri.path("/orders/{id}").build(order.id());
        return ResponseEntity.created(location).body(order);
    }

    @PostMapping("/{id}/cancellation")
    OrderView cancel(@PathVariable UUID id) {
        return orders.cancel(id);
    }

    @GetMapping("/{id}")
    OrderView find(@PathVariable UUID id) {
        return orders.find(id);
    }
}
