/** The soak: a fleet of stores traded with while everything around the service fails, by seed. */
package dev.tillbridge.soak;
