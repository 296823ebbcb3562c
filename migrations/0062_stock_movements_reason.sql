alter table stock_movements
    drop constraint stock_movements_reason,
    add constraint stock_movements_reason
        check (reason in ('received', 'sold', 'restocked', 'corrected', 'counted'));
