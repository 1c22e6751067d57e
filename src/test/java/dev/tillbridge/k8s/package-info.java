/**
 * Holds what is in {@code k8s/} against Kubernetes' own model classes, the schemas of the custom resources, and the service: no
 * cluster and no {@code kubectl} is needed. Checks answer what is wrong as texts, so that a test can show that they do.
 */
package dev.tillbridge.k8s;
