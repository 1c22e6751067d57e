/**
 * The engine: which store is worked on by whom (lease), how far each stream has been read (cursor), when it turns
 * next (schedule), what a turn did (run). It calls the stages; nothing but resources calls it.
 */
package dev.tillbridge.sync;
