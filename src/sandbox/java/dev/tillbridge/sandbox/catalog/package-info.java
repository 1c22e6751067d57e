/**
 * Seeded catalogues, neutral of vendors: {@link dev.tillbridge.sandbox.catalog.CatalogSeed} says what is wanted,
 * {@link dev.tillbridge.sandbox.catalog.Seeder} makes the rows, each vendor's book takes them as a
 * {@link dev.tillbridge.sandbox.catalog.CatalogTarget}. The same seed makes the same rows.
 */
package dev.tillbridge.sandbox.catalog;
