-- From when to when a cart held units last, without ordering them: one that comes back soon goes on with that time.
alter table carts
    add column last_held_since datetime(6) null,
    add column last_held_until datetime(6) null,
    add constraint carts_last_held check ((last_held_since is null) = (last_held_until is null));
