package dev.outbox.sample.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verifyNoInteractions;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(OrderController.class)
class OrderControllerTests {

    private static final UUID ID = UUID.fromString("0b5e2c7e-3f7a-4c1d-9a53-0d8f6f1f2b11");

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private OrderService orders;

    @Test
    void aPlacedOrderIsCreatedAtItsLocation() {
        given(orders.place(any())).willReturn(placed());
        MvcTestResult result = post("""
                {"customer": "ada", "lines": [{"sku": "teapot", "quantity": 2}], "currency": "EUR"}
                """);
        assertThat(result)
                .hasStatus(HttpStatus.CREATED)
                .hasHeader("Location", "http://localhost/orders/" + ID)
                .bodyJson()
                .isStrictlyEqualTo("""
                        {
                          "id": "%s",
                          "customer": "ada",
                          "lines": [{"sku": "teapot", "quantity": 2}],
                          "currency": "EUR",
                          "status": "PLACED",
                          "placedAt": "2026-01-01T12:00:00Z"
                        }
                        """.formatted(ID));
    }

    @Test
    void anInvalidOrderIsRefusedWithAProblemThatListsItsFields() {
        MvcTestResult result = post("""
                {"customer": " ", "lines": [{"sku": "teapot", "quantity": 0}], "currency": "euro"}
                """);
        assertThat(result)
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .isLenientlyEqualTo("""
                        {
                          "status": 400,
                          "title": "Bad Request",
                          "instance": "/orders",
                          "errors": [
                            {"field": "currency", "message": "must be an ISO 4217 code such as EUR"},
                            {"field": "customer", "message": "must not be blank"},
                            {"field": "lines[0].quantity", "message": "must be greater than or equal to 1"}
                          ]
                        }
                        """);
        verifyNoInteractions(orders);
    }

    @Test
    void anOrderWithoutAnythingIsRefused() {
        assertThat(post("{}"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .containsExactly("currency", "customer", "lines");
    }

    @Test
    void aBodyThatIsNotJsonIsAProblem() {
        assertThat(post("{")).hasStatus(HttpStatus.BAD_REQUEST).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void anUnknownOrderIsAProblem() {
        given(orders.find(ID)).willThrow(new OrderNotFoundException(ID));
        assertThat(mvc.get().uri("/orders/{id}", ID))
                .hasStatus(HttpStatus.NOT_FOUND)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .isStrictlyEqualTo("""
                        {
                          "status": 404,
                          "title": "Order not found",
                          "detail": "There is no order %1$s",
                          "instance": "/orders/%1$s"
                        }
                        """.formatted(ID));
    }

    @Test
    void anIdThatIsNoUuidIsAProblem() {
        assertThat(mvc.get().uri("/orders/42"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private MvcTestResult post(String body) {
        return mvc.post()
                .uri("/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static OrderView placed() {
        return new OrderView(
                ID,
                "ada",
                List.of(new OrderLine("teapot", 2)),
                "EUR",
                OrderStatus.PLACED,
                Instant.parse("2026-01-01T12:00:00Z"));
    }
}
