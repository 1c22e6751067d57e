package dev.tillbridge.soak;

import java.util.List;

import dev.tillbridge.testing.ServiceDatabase;

/**
 * Triggers that note, in the database itself, which replica claims a store and which writes what only its holder may write: cursors, and
 * journal entries of runs. A claim waits for the transactions of the holder before, so the order of the notes is that of the leases.
 */
final class WriteAudit {

    private static final List<String> INSTALLED = List.of("""
            create table write_audit (id bigint generated always as identity primary key, at timestamptz default clock_timestamp(),
              store_id uuid, what text, writer text default current_setting('application_name'))""",
            "create index write_audit_idx on write_audit (store_id, what, id)", """
                    create function audit_claim() returns trigger language plpgsql as $$ begin
                      insert into write_audit (store_id, what) values (new.store_id, 'claim'); return null; end $$""", """
                    create function audit_write() returns trigger language plpgsql as $$ begin
                      insert into write_audit (store_id, what) values (new.store_id, tg_table_name); return null; end $$""", """
                    create trigger audit_claim after update on store_lease for each row when (new.fence > old.fence)
                    execute function audit_claim()""", """
                    create trigger audit_write after insert or update on stream_state for each row
                    execute function audit_write()""", """
                    create trigger audit_write after insert on journal for each row
                    when (new.actor = 'tillbridge' and new.run_id is not null) execute function audit_write()""");

    private static final String WRITTEN_BY_OTHERS = """
            select w.at, w.store_id, w.what, w.writer, c.writer as holder, c.at as claimed from write_audit w
            cross join lateral (select * from write_audit c where c.store_id = w.store_id and c.what = 'claim' and c.id < w.id
              order by c.id desc limit 1) c
            where w.what <> 'claim' and w.writer <> c.writer order by w.id limit 3""";

    private final ServiceDatabase database;

    private WriteAudit(ServiceDatabase database) {
        this.database = database;
    }

    static WriteAudit install(ServiceDatabase database) {
        INSTALLED.forEach(database::run);
        return new WriteAudit(database);
    }

    /** The first things that were written by a replica after another one had claimed their store. */
    List<String> writtenByOthers() {
        return database.rows(WRITTEN_BY_OTHERS).stream().map(row -> "written without the lease: " + row).toList();
    }

    void forget() {
        database.run("delete from write_audit");
    }
}
