alter table holds
    drop constraint holds_of_carts,
    drop constraint holds_state,
    drop key holds_variant,
    add key holds_variant (variant_id),
    drop column state,
    drop column ended_at;
