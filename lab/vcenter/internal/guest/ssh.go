package guest

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"slices"
	"sync"

	"golang.org/x/crypto/ssh"
)

// hostKey is drawn once: no client of the lab remembers host keys, and a real installation draws its own too.
var hostKey = sync.OnceValues(func() (ssh.Signer, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	return ssh.NewSignerFromKey(private)
})

// serve answers SSH connections until the power goes.
func (run *run) serve(listener net.Listener, user account) {
	key, err := hostKey()
	if err != nil {
		run.halt(err)
		return
	}
	configuration := &ssh.ServerConfig{
		ServerVersion: "SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13",
		PasswordCallback: func(connection ssh.ConnMetadata, password []byte) (*ssh.Permissions, error) {
			if !user.accepts(connection.User(), string(password)) {
				return nil, errors.New("permission denied")
			}
			return &ssh.Permissions{}, nil
		},
	}
	configuration.AddHostKey(key)
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		run.untilPowerOff(connection)
		go run.converse(connection, configuration)
	}
}

func (run *run) converse(connection net.Conn, configuration *ssh.ServerConfig) {
	defer connection.Close()
	server, channels, requests, err := ssh.NewServerConn(connection, configuration)
	if err != nil {
		return // a port scan, or a wrong password
	}
	run.journal.change(func(record *Record) {
		if !slices.Contains(record.SSHUsers, server.User()) {
			record.SSHUsers = append(record.SSHUsers, server.User())
		}
	})
	go ssh.DiscardRequests(requests)
	for offered := range channels {
		if offered.ChannelType() != "session" {
			_ = offered.Reject(ssh.UnknownChannelType, "only sessions are served")
			continue
		}
		channel, requests, err := offered.Accept()
		if err != nil {
			return
		}
		go run.session(channel, requests)
	}
}

// session serves one session: a command, a file copied by scp, or the subsystem sftp.
func (run *run) session(channel ssh.Channel, requests <-chan *ssh.Request) {
	for request := range requests {
		switch request.Type {
		case "exec":
			var exec struct{ Command string }
			if ssh.Unmarshal(request.Payload, &exec) != nil {
				_ = request.Reply(false, nil)
				continue
			}
			_ = request.Reply(true, nil)
			go run.finish(channel, func() int { return run.execute(channel, exec.Command) })
		case "subsystem":
			var subsystem struct{ Name string }
			served := ssh.Unmarshal(request.Payload, &subsystem) == nil && subsystem.Name == "sftp"
			_ = request.Reply(served, nil)
			if served {
				go run.finish(channel, func() int { return run.serveSFTP(channel) })
			}
		default:
			// A terminal and variables make no difference to commands that are not run.
			_ = request.Reply(request.Type == "pty-req" || request.Type == "env", nil)
		}
	}
}

// finish sends the exit status of what a session did and ends it.
func (run *run) finish(channel ssh.Channel, work func() int) {
	defer channel.Close()
	status := struct{ Status uint32 }{uint32(work())}
	_, _ = channel.SendRequest("exit-status", false, ssh.Marshal(status))
}

func (run *run) execute(channel io.ReadWriter, command string) int {
	if copying, isCopy := parseSCP(command); isCopy {
		return run.serveSCP(channel, copying)
	}
	return run.command(channel, command)
}
