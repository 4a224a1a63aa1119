package dev.outbox.relay.internal.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.internal.wakeup.CommitHint;
import dev.outbox.internal.wakeup.RemoteCommitHint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class LocalHintsTests {

    private final List<String> told = new ArrayList<>();

    @Test
    void whatWasHeardFromAnotherProcessIsNotPassedOn() {
        CommitHint relay = () -> told.add("relay");
        RemoteCommitHint others = () -> told.add("other processes");
        StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("relay", relay, "others", others));

        LocalHints.among(beans.getBeanProvider(CommitHint.class)).committedElsewhere();

        assertThat(told).containsExactly("relay");
    }
}
