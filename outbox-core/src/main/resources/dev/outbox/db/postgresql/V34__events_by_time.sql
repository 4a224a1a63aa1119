-- A person who looks for an event knows about when it was raised. Rows are in the order of time closely enough for an index of
-- block ranges, to which an insert adds nothing until a range is full.

create index outbox_event_raised on outbox_event using brin (created_at) with (pages_per_range = 32, autosummarize = on);
