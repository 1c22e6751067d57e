/**
 * The simulated Clover REST API v3 under {@code /v3/merchants/{mId}/…} (regions us and sandbox), {@code /eu/v3/…} and
 * {@code /la/v3/…}.
 */
package dev.tillbridge.sandbox.clover;
