-- The two functions the migrations call, with the arguments of the real ones. Like the real ones,
-- they refuse a table that foreign keys point to already.
CREATE TABLE spread_call (number serial PRIMARY KEY, how text NOT NULL, name text NOT NULL);

CREATE FUNCTION create_distributed_table(
    table_name regclass, distribution_column text, distribution_type text DEFAULT 'hash',
    colocate_with text DEFAULT 'default', shard_count int DEFAULT NULL
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND confrelid = table_name) THEN
        RAISE EXCEPTION 'cannot distribute %, foreign keys point to it', table_name;
    END IF;
    INSERT INTO spread_call (how, name) VALUES (distribution_column, table_name::text);
END $$;

CREATE FUNCTION create_reference_table(table_name regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND confrelid = table_name) THEN
        RAISE EXCEPTION 'cannot copy %, foreign keys point to it', table_name;
    END IF;
    INSERT INTO spread_call (how, name) VALUES ('reference', table_name::text);
END $$;
