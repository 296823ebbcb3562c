-- How the newest run of each job ended, also of those that found nothing to do and are not in the log.
alter table job_schedule
    add column runs bigint unsigned not null default 0,
    add column last_started_at datetime(6) null,
    add column last_finished_at datetime(6) null,
    add column last_changed bigint unsigned null,
    add column last_error text null;
