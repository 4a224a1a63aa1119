package dev.outbox.relay.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outbox.relay.internal.log.BucketRange;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneTests {

    @Test
    void theOnlyLaneHasAllBuckets() {
        assertThat(Lane.ONLY.buckets()).isEqualTo(BucketRange.ALL);
    }

    @Test
    void everyBucketIsInOneLane() {
        for (int count = 1; count <= Lane.MAX; count++) {
            int all = count;
            assertThat(IntStream.range(0, count)
                            .mapToObj(number -> new Lane(number, all).buckets())
                            .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last())))
                    .containsExactly(IntStream.range(0, 64).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void lanesOverlapWhereTheyShareABucket() {
        assertThat(new Lane(0, 2).overlaps(new Lane(1, 4))).isTrue();
        assertThat(new Lane(1, 2).overlaps(new Lane(1, 4))).isFalse();
        assertThat(new Lane(1, 3).overlaps(new Lane(0, 2))).isTrue();
        assertThat(new Lane(1, 3).overlaps(new Lane(1, 2))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 65", "-1, 2", "2, 2"})
    void refusesWhatIsNoLane(int number, int count) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Lane(number, count));
    }
}
