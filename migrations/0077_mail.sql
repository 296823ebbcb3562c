-- Letters to buyers, written in the transaction of what they tell.
create table mail_outbox (
    id bigint unsigned not null auto_increment primary key,
    kind varchar(32) character set ascii collate ascii_bin not null,
    order_id bigint unsigned not null,
    refund_id bigint unsigned null,
    created_at datetime(6) not null,
    sent_at datetime(6) null,
    key mail_outbox_waiting (sent_at, id),
    key mail_outbox_order (order_id, id),
    constraint mail_outbox_order_id foreign key (order_id) references orders (id),
    constraint mail_outbox_refund_id foreign key (refund_id) references refunds (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;
