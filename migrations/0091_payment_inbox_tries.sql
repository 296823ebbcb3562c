-- A notification that cannot be applied is tried ever more seldom, and shown to the owner until a person decides.
alter table payment_inbox
    add column tries int unsigned not null default 0,
    add column next_try_at datetime(6) null,
    add column stuck_since datetime(6) null,
    add column trouble varchar(24) character set ascii collate ascii_bin null,
    add column trouble_detail varchar(500) null;
