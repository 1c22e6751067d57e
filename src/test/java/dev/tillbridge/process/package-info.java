/**
 * The packaged service as a process of its own, run by failsafe after {@code package}: what only the artefact can prove.
 */
package dev.tillbridge.process;
