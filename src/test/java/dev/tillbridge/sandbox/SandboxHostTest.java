package dev.tillbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class SandboxHostTest {

    @Test
    void itListensOnThisMachineAloneUnlessTold() throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.onFreePorts())) {
            assertThat(answers(InetAddress.getByName("localhost"), sandbox.controlPort())).isTrue();
            Optional<InetAddress> outside = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress()).findFirst();
            assumeThat(outside).as("an address of this machine that others reach").isPresent();
            assertThatThrownBy(() -> answers(outside.orElseThrow(), sandbox.controlPort())).isInstanceOf(IOException.class);
        }
    }

    private static boolean answers(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
            return socket.isConnected();
        }
    }
}
