/**
 * Who may do what: API keys, people whom an OpenID provider knows, sessions of the dashboard, roles; and the encryption of
 * credentials at rest. It knows no feature.
 */
package dev.tillbridge.access;
