/** Placeholder. */
package dev.tillbridge.platform;
