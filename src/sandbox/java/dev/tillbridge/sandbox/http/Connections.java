package dev.tillbridge.sandbox.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** TCP as a broken network would leave it. */
final class Connections {

    private Connections() {}

    /** Resets the connection: with a linger of 0 closing sends RST, which no client takes for an orderly end. */
    static void reset(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.unsafe().closeForcibly();
    }
}
