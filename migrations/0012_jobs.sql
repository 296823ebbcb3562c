-- Who leads the scheduler, when each job runs next, and what its runs did.
create table job_lease (
    id tinyint unsigned not null primary key,
    holder char(36) character set ascii collate ascii_bin not null,
    -- Grows with every change of the leader.
    fence bigint unsigned not null,
    expires_at datetime(6) not null,
    constraint job_lease_one_row check (id = 1)
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table job_schedule (
    job varchar(48) character set ascii collate ascii_bin not null primary key,
    next_run_at datetime(6) not null
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table job_runs (
    id bigint unsigned not null auto_increment primary key,
    job varchar(48) character set ascii collate ascii_bin not null,
    started_at datetime(6) not null,
    finished_at datetime(6) not null,
    changed bigint unsigned not null,
    error text null,
    key job_runs_newest (job, started_at)
) character set utf8mb4 collate utf8mb4_unicode_ci;
