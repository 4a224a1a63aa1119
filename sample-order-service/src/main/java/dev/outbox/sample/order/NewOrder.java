package dev.outbox.sample.order;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** The request to place an order. */
record NewOrder(
        @NotBlank @Size(max = 100) String customer,
        @NotEmpty @Size(max = 50) List<@NotNull @Valid Line> lines,

        @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 code such as EUR")
        String currency) {

    record Line(
            @NotBlank @Size(max = 50) String sku,
            @Min(1) @Max(10_000) int quantity) {}

    List<OrderLine> orderLines() {
        return lines.stream()
                .map(line -> new OrderLine(line.sku(), line.quantity()))
                .toList();
    }
}
