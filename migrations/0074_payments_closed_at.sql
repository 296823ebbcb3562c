-- When the gateway said that an attempt which we gave up cannot be paid any more.
alter table payments
    add column closed_at datetime(6) null,
    add key payments_to_close (closed_at, status);
