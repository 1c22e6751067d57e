/**
 * How a channel stands at a glance: figures of several features in one answer, for whoever looks at all channels at once. It
 * reads what the features store, decides nothing and changes nothing.
 */
package dev.tillbridge.overview;
