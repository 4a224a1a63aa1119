package dev.outbox.deploy;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The cells of a dashboard's grid, which is 24 wide, that a panel covers. */
final class Cells {

    private Cells() {}

    static Stream<String> of(JsonNode panel) {
        JsonNode place = panel.path("gridPos");
        int x = place.path("x").asInt();
        int y = place.path("y").asInt();
        return IntStream.range(x, x + place.path("w").asInt())
                .mapToObj(column -> column)
                .flatMap(column ->
                        IntStream.range(y, y + place.path("h").asInt()).mapToObj(row -> column + "," + row));
    }

    static int count(JsonNode panel) {
        JsonNode place = panel.path("gridPos");
        return place.path("w").asInt() * place.path("h").asInt();
    }
}
