package dev.outbox.eventstore.aggregate;

import org.springframework.test.context.TestPropertySource;

/** The same under Hibernate, which wraps what a commit throws. */
@TestPropertySource(properties = "spring.jpa.open-in-view=false")
class JpaCommandCommitIT extends CommandCommitContract {}
