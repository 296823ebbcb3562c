-- Who leads the scheduler, when each job runs next, and what its runs did.
create table job_lease (
    id tinyint unsigned not null primary key,
    holder char(36) character set ascii collate ascii_bin not null,
    -- Grows with every change of the leader.
    fence bigint unsigned not null,
    expires_at datetime(6) not null,
    constraint job_lease_one_row check (id = 1)
);

-- How the newest run ended stands here also for those that found nothing to do and are not in the log.
create table job_schedule (
    job varchar(48) character set ascii collate ascii_bin not null primary key,
    next_run_at datetime(6) not null,
    runs bigint unsigned not null default 0,
    last_started_at datetime(6) null,
    last_finished_at datetime(6) null,
    last_changed bigint unsigned null,
    last_error text null
);

create table job_runs (
    id bigint unsigned not null auto_increment primary key,
    job varchar(48) character set ascii collate ascii_bin not null,
    started_at datetime(6) not null,
    finished_at datetime(6) not null,
    changed bigint unsigned not null,
    error text null,
    key job_runs_newest (job, started_at)
);
