-- What is kept for some time beside what is enrolled.
create table notes (
    kind text not null,
    key text not null,
    at timestamptz not null,
    person_id uuid,
    other_id uuid,
    content text not null,
    primary key (kind, key)
);

create index notes_by_time on notes (at);
