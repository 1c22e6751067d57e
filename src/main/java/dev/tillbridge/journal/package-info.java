/**
 * What was changed, from what to what, why, by which run or person. Append-only, and without foreign keys, because it
 * outlives the channel it speaks of.
 */
package dev.tillbridge.journal;
