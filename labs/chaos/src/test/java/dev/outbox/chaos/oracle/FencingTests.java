package dev.outbox.chaos.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.relay.internal.log.Position;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The check of the lanes' writes sees what it is there to see. */
class FencingTests {

    @Test
    void anOwnerAfterAnotherIsRight() {
        assertThat(violations(
                        write("one", 2, "10:10:"),
                        write("one", 2, "20:25:20"),
                        write("two", 3, "20:25:20"),
                        write("two", 3, "25:30:|30:40:|7|9"),
                        write("two", 3, "25:30:|30:40:|9|9"),
                        write("two", 3, "30:40:")))
                .isEmpty();
    }

    @Test
    void aWriteOfAnEarlierOwnerIsNotFenced() {
        assertThat(violations(write("one", 2, "10:10:"), write("two", 3, "10:10:"), write("one", 3, "12:12:")))
                .singleElement()
                .asString()
                .startsWith("not fenced");
    }

    @Test
    void anEpochThatComesAgainIsSeen() {
        assertThat(violations(write("one", 2, "10:10:"), write("two", 3, "10:10:"), write("one", 2, "10:10:")))
                .singleElement()
                .asString()
                .startsWith("epoch");
    }

    @Test
    void aPositionThatGoesBackIsSeen() {
        assertThat(violations(write("one", 2, "20:20:"), write("one", 2, "10:10:")))
                .singleElement()
                .asString()
                .startsWith("went back");
        assertThat(violations(write("one", 2, "20:25:"), write("one", 2, "20:30:20")))
                .as("a transaction that was done is not any more")
                .singleElement()
                .asString()
                .startsWith("went back");
        assertThat(violations(write("one", 2, "10:10:|20:20:|7|9"), write("one", 2, "10:10:|20:20:|6|9")))
                .as("within a backlog")
                .singleElement()
                .asString()
                .startsWith("went back");
        assertThat(violations(write("one", 2, "10:10:|20:20:|7|9"), write("one", 2, "15:15:")))
                .as("out of a backlog")
                .singleElement()
                .asString()
                .startsWith("went back");
    }

    @Test
    void theFirstWriteOfALaneThatWasThereIsThatOfItsOwner() {
        assertThat(Fencing.violations(List.of(write("one", 2, "10:10:"), write("one", 2, "11:11:"))))
                .isEmpty();
        assertThat(Fencing.violations(List.of(write("one", 2, "10:10:"), write("two", 2, "11:11:"))))
                .singleElement()
                .asString()
                .startsWith("not fenced");
    }

    private static List<String> violations(LaneRow... writes) {
        LaneRow first = new LaneRow("migration", true, 0, null, 1, Position.START);
        return Fencing.violations(
                Stream.concat(Stream.of(first), Stream.of(writes)).toList());
    }

    private static LaneRow write(String writer, long epoch, String position) {
        return new LaneRow(writer, false, 0, writer, epoch, Position.parse(position));
    }
}
