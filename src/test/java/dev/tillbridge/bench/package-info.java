/**
 * What BENCHMARKS.md tells, measured: the packaged service and the sandbox in processes of their own. Run by hand, never by a
 * build: a time that a machine under load misses is no defect.
 */
package dev.tillbridge.bench;
