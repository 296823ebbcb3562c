-- While a cart's hold lives: since when, and until when.
alter table carts
    add column held_since datetime(6) null,
    add column held_until datetime(6) null,
    add key carts_due (held_until),
    add constraint carts_held check ((held_since is null) = (held_until is null));
