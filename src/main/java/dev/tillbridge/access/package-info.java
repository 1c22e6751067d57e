/**
 * Who may do what: API keys, roles, and the encryption of credentials at rest. It knows no feature.
 */
package dev.tillbridge.access;
