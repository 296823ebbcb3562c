-- What called the order off: one that merely ran out of time goes on when its money comes after all.
alter table orders add column ended_by varchar(24) character set ascii collate ascii_bin null;
