-- What decides who somebody is must tell `ayu` from `áyu`; the program writes it in small letters.
alter table customers modify column email varchar(254) character set utf8mb4 collate utf8mb4_bin not null;
