-- Baselines beside vectors, outside ids, tags, locks and covers, strangers, and digests that bind rows to the log.
drop index if exists face_references_nearest;
drop index if exists templates_nearest_mean;
drop index if exists templates_nearest_norm_weighted;

-- A vector is followed by its bias, minus half the baseline: the inner product with a probe followed by 1 is what hits are ranked by.
alter table face_references rename column vector to ranked;
update face_references set ranked = ranked || '[0]'::vector;
update templates set mean = mean || '[0]'::vector, norm_weighted = norm_weighted || '[0]'::vector;

alter table people
    add column kind smallint not null default 0,
    add column external_id text,
    add column tags text[] not null default '{}',
    add column cover uuid,
    add column locked boolean not null default false,
    add column dismissed text[] not null default '{}';

create unique index people_by_external_id on people (external_id) where external_id is not null;

alter table face_references
    add column baseline real,
    add column external_id text,
    add column tags text[] not null default '{}',
    add column locked boolean not null default false,
    add column digest text,
    add column kind smallint not null default 0;

create index face_references_by_external_id on face_references (external_id) where external_id is not null;

alter table templates add column kind smallint not null default 0;

alter table audit
    add column actor text,
    add column request text,
    add column digest text,
    add column seal text;

create index audit_by_person on audit (person_id, sequence) where person_id is not null;
