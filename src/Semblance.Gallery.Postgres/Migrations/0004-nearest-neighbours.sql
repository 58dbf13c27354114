-- The columns take vectors of any length, so that another embedder can be taken; the graphs are of the length in use, and one for the bias.
create index face_references_nearest on face_references
    using hnsw ((ranked::vector({ranked})) vector_ip_ops) with (m = {m}, ef_construction = {efConstruction});

create index templates_nearest_mean on templates
    using hnsw ((mean::vector({ranked})) vector_ip_ops) with (m = {m}, ef_construction = {efConstruction});

create index templates_nearest_norm_weighted on templates
    using hnsw ((norm_weighted::vector({ranked})) vector_ip_ops) with (m = {m}, ef_construction = {efConstruction});
