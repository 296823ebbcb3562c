-- When somebody was last told of a purchase: a write that follows what was told is on the disk after it.
alter table membership_purchases
    add column touched_at datetime(6) null;
