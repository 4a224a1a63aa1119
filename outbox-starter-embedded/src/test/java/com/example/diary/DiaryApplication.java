package com.example.diary;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.EventMetadata;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@SpringBootApplication(proxyBeanMethods = false)
class DiaryApplication {

    @DomainEvent(type = "Noted", version = 1, aggregate = "Diary")
    record Noted(@AggregateId String diary, String text) {}

    /** Raises. */
    @Component
    static class Diaries {

        private final ApplicationEventPublisher events;

        Diaries(ApplicationEventPublisher events) {
            this.events = events;
        }

        @Transactional
        public void note(String diary, String... texts) {
            for (String text : texts) {
                events.publishEvent(new Noted(diary, text));
            }
        }
    }

    /** Handles: an effect for each time. It cannot bear one text, until it is told to. */
    @Component
    static class Readers {

        static final String UNBEARABLE = "unbearable";

        private final JdbcClient jdbc;
        private volatile boolean bearsAll;

        Readers(JdbcClient jdbc) {
            this.jdbc = jdbc;
            jdbc.sql("create table reading (id identity primary key, diary varchar, sequence bigint, text varchar)")
                    .update();
        }

        @DomainEventHandler
        void read(Noted event, EventMetadata metadata) {
            jdbc.sql("insert into reading (diary, sequence, text) values (:diary, :sequence, :text)")
                    .param("diary", event.diary())
                    .param("sequence", metadata.sequence())
                    .param("text", event.text())
                    .update();
            if (event.text().equals(UNBEARABLE) && !bearsAll) {
                throw new IllegalStateException("on purpose");
            }
        }

        void bearAll() {
            bearsAll = true;
        }

        /** {@return what was read of a diary, in that order} */
        List<String> texts(String diary) {
            return jdbc.sql("select text from reading where diary = :diary order by id")
                    .param("diary", diary)
                    .query(String.class)
                    .list();
        }
    }
}
