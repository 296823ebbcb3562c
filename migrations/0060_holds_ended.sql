-- A hold that ended is no row: what an order took is in its lines, and the ledger tells when.
delete from holds where state <> 'held';
