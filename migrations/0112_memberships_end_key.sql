-- Which request of the desk ended a membership before its time: the same key is the same wish.
alter table memberships add column end_key varchar(64) character set ascii collate ascii_bin null;
