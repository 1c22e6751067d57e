/**
 * What is sold: variants, items, identifiers, links, matching. The records and rules know nobody and do no I/O, so that
 * they can be tested by properties; classes named {@code …Repository}, {@code …Matcher} and {@code …Resource} put them
 * to work on PostgreSQL and behind the API.
 */
package dev.tillbridge.catalog;
