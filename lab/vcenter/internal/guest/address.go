package guest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
	"syscall"
)

// onlyAddress is the one loopback address of systems that have no others (macOS).
const onlyAddress = "127.0.0.1"

const addressAttempts = 50

// listen opens the SSH port on a loopback address that nobody else uses. Several simulators may run on one machine, so
// the address is drawn and the system decides whether it is free.
func listen(port int) (net.Listener, error) {
	var err error
	for range addressAttempts {
		var listener net.Listener
		listener, err = net.Listen("tcp4", net.JoinHostPort(drawAddress(), strconv.Itoa(port)))
		if err == nil {
			return listener, nil
		}
		if errors.Is(err, syscall.EADDRNOTAVAIL) {
			return net.Listen("tcp4", net.JoinHostPort(onlyAddress, strconv.Itoa(port)))
		}
	}
	return nil, err
}

// drawAddress keeps away from 127.0.0.0/16, where other programs have their addresses (127.0.0.53, 127.0.1.1).
func drawAddress() string {
	return fmt.Sprintf("127.%d.%d.%d", 1+rand.IntN(254), rand.IntN(256), 1+rand.IntN(254))
}

func hostOf(listener net.Listener) string {
	return listener.Addr().(*net.TCPAddr).IP.String()
}
