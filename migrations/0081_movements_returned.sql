alter table stock_movements
    drop constraint stock_movements_reason,
    add constraint stock_movements_reasons
        check (reason in ('received', 'sold', 'restocked', 'corrected', 'counted', 'returned'));
