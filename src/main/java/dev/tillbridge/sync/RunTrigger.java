package dev.tillbridge.sync;

/** Why a run was made. */
enum RunTrigger {
    /** A person asked for it. */
    REQUEST,
    /** The clock; only turns that changed or failed something become runs. */
    SCHEDULE,
    /** The channel had never been read. */
    FIRST_SYNC
}
