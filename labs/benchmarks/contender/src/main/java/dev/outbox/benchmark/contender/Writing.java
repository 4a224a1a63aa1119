package dev.outbox.benchmark.contender;

/** What a business transaction does beside the business. */
enum Writing {
    /** Nothing: the transaction without an event. */
    NOTHING {
        @Override
        void write(Contender contender, BenchmarkEvent event, long change) {}
    },
    /** Raises an event in the contender's own way. */
    EVENT {
        @Override
        void write(Contender contender, BenchmarkEvent event, long change) {
            contender.raise(event, change);
        }
    },
    /** Inserts the row of the event by hand. */
    BY_HAND {
        @Override
        void write(Contender contender, BenchmarkEvent event, long change) {
            contender.insertByHand(event, change);
        }
    },
    /** Inserts a plain row, which is all that one would do without an outbox. */
    PLAIN_ROW {
        @Override
        void write(Contender contender, BenchmarkEvent event, long change) {
            contender.insertPlainRow(event);
        }
    };

    abstract void write(Contender contender, BenchmarkEvent event, long change);

    void inTransaction(Contender contender, BenchmarkEvent event) {
        Business business = contender.business();
        business.transaction().executeWithoutResult(status -> write(contender, event, business.change(event)));
    }
}
