create table gallery (
    only_row boolean primary key default true check (only_row),
    settings jsonb not null
);

create table people (
    id uuid primary key,
    name text collate "C" not null,
    metadata jsonb not null,
    consent_reference text,
    expires_at timestamptz,
    enrolled_at timestamptz not null
);

create index people_by_name on people (name);

-- A person's expiry stands beside every vector, so that a search needs no second table.
create table face_references (
    id uuid primary key,
    person_id uuid not null references people on delete cascade,
    vector vector not null,
    norm real not null,
    quality double precision,
    source text,
    source_hash text,
    has_crop boolean not null,
    enrolled_at timestamptz not null,
    expires_at timestamptz
);

create index face_references_by_person on face_references (person_id, id);

-- One vector a person and fusion: the normalised sum of the references.
create table templates (
    person_id uuid primary key references people on delete cascade,
    reference_count integer not null,
    mean vector not null,
    norm_weighted vector not null,
    expires_at timestamptz
);

create table crops (
    reference_id uuid primary key references face_references on delete cascade,
    png bytea not null
);

create table audit (
    sequence bigint primary key,
    at timestamptz not null,
    action text not null,
    person_id uuid,
    reference_count integer not null,
    detail text,
    previous_hash text not null,
    hash text not null
);

-- The newest entry once more, so that a log that lost its end is noticed. Writers take turns at this row.
create table audit_head (
    only_row boolean primary key default true check (only_row),
    sequence bigint not null,
    hash text not null
);
