package dev.tillbridge.access;

import java.util.Arrays;
import java.util.HexFormat;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;

/**
 * Where a request comes from, as far as one client may be told from another: an IPv4 address, or the half of an IPv6 address
 * that is a network's, because whoever has one has all addresses in it.
 */
record ClientAddress(String text) {

    private static final int IPV6_BYTES = 16;
    private static final int NETWORK_BYTES = 8;
    private static final int LONGEST = 64;

    static ClientAddress of(HttpServerRequest request) {
        var remote = request.remoteAddress();
        return of(remote == null || remote.hostAddress() == null ? "local" : remote.hostAddress());
    }

    static ClientAddress of(String host) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes != null && bytes.length == IPV6_BYTES) {
            return new ClientAddress(HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) + "/64");
        }
        // A proxy may say anything.
        return new ClientAddress(host.length() > LONGEST ? host.substring(0, LONGEST) : host);
    }
}
