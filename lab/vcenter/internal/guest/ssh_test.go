package guest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

func TestCommandsAreRecordedInOrderAndSucceed(t *testing.T) {
	t.Parallel()
	lab := installed(t, Behaviour{})
	for _, command := range []string{"echo one", "echo two\n"} {
		if output, err := lab.session(t).CombinedOutput(command); err != nil || len(output) > 0 {
			t.Errorf("%s: %q, %v", command, output, err)
		}
	}
	record := lab.record()
	if !slices.Equal(record.SSHUsers, []string{"ubuntu"}) {
		t.Errorf("users are %v", record.SSHUsers)
	}
	if len(record.Commands) != 2 || record.Commands[0].Command != "echo one" || record.Commands[1].Command != "echo two" ||
		record.Commands[0].ExitCode == nil || *record.Commands[1].ExitCode != 0 {
		t.Errorf("commands are %+v", record.Commands)
	}
}

func TestLoginsOfOthersAreRefused(t *testing.T) {
	t.Parallel()
	lab := installed(t, Behaviour{})
	for user, password := range map[string]string{"root": "ubuntu", "ubuntu": ""} {
		if _, err := lab.dial(t, user, password); err == nil {
			t.Errorf("%s with %q is let in", user, password)
		}
	}
	if record := lab.record(); len(record.SSHUsers) != 0 {
		t.Errorf("users are %v", record.SSHUsers)
	}
}

// scp sends what a client of scp sends, and reads the zero bytes that it waits for.
func scp(t *testing.T, session *ssh.Session, command string, lines ...string) {
	t.Helper()
	input, err := session.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := session.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.Start(command); err != nil {
		t.Fatal(err)
	}
	status := make([]byte, 1)
	for _, line := range append([]string{""}, lines...) {
		if _, err := io.WriteString(input, line); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(output, status); err != nil || status[0] != 0 {
			t.Fatalf("after %q: %v, %v", line, status, err)
		}
	}
	_ = input.Close()
	if err := session.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestFilesComeByCopyCommand(t *testing.T) {
	t.Parallel()
	lab := installed(t, Behaviour{})
	scp(t, lab.session(t), "scp -vt /tmp", "C0644 5 script.sh\n", "hello\x00")
	scp(t, lab.session(t), `scp -rvt /etc/my\ dir`, "D0755 0 inner\n", "T1 0 1 0\n", "C0600 2 a b\n", "xy\x00", "E\n", "C0600 0 empty\n", "\x00")
	want := []Upload{{"/tmp/script.sh", 5, "hello"}, {"/etc/my dir/inner/a b", 2, "xy"}, {"/etc/my dir/empty", 0, ""}}
	if record := lab.record(); !slices.Equal(record.Uploads, want) || len(record.Commands) != 0 {
		t.Errorf("got %+v", record)
	}
	err := lab.session(t).Run("scp -vf /etc/passwd")
	var exit *ssh.ExitError
	if !errors.As(err, &exit) || exit.ExitStatus() != 1 {
		t.Errorf("reading a file: got %v, want exit status 1", err)
	}
}

func TestFilesComeBySFTP(t *testing.T) {
	t.Parallel()
	lab := installed(t, Behaviour{})
	connection, err := lab.dial(t, "ubuntu", "ubuntu")
	if err != nil {
		t.Fatal(err)
	}
	client, err := sftp.NewClient(connection)
	if err != nil {
		t.Fatal(err)
	}
	large := strings.Repeat("0123456789abcdef", 10<<10)
	file, err := client.Create("/tmp/large")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.ReadFrom(strings.NewReader(large)); err != nil { // in parallel chunks
		t.Fatal(err)
	}
	for _, step := range []error{client.Mkdir("/tmp/d"), file.Close(), client.Chmod("/tmp/large", 0o755), client.Close()} {
		if step != nil {
			t.Error(step)
		}
	}
	record := lab.record()
	if len(record.Uploads) != 1 || record.Uploads[0].Bytes != int64(len(large)) || record.Uploads[0].Content != large[:keptOfUpload] {
		t.Errorf("got %d uploads", len(record.Uploads))
	}
}

func TestRulesSpoilCommandsAndTheScriptsTheyRun(t *testing.T) {
	t.Parallel()
	lab := installed(t, Behaviour{Commands: []CommandRule{
		{Match: "apt-get", ExitCode: 7, Stdout: "reading\n", Stderr: "E: no network\n"},
		{Match: "slow", Milliseconds: 100},
	}})
	scp(t, lab.session(t), "scp -vt /tmp", "C0644 14 script.sh\n", "apt-get update\x00")
	for command, want := range map[string]int{
		"sudo apt-get install curl":                        7,
		"A=b sudo -E /tmp/script.sh":                       7,
		"chmod +x /tmp/script.sh; A='/x y' /tmp/script.sh": 7,
		"chmod 0755 /tmp/script.sh":                        0,
		"rm -f /tmp/script.sh":                             0,
		"echo hello":                                       0,
	} {
		var stdout, stderr bytes.Buffer
		session := lab.session(t)
		session.Stdout, session.Stderr = &stdout, &stderr
		err := session.Run(command)
		var exit *ssh.ExitError
		got := 0
		if errors.As(err, &exit) {
			got = exit.ExitStatus()
		}
		if got != want {
			t.Errorf("%s: exit status %d, want %d", command, got, want)
		}
		if want == 7 && (stdout.String() != "reading\n" || stderr.String() != "E: no network\n") {
			t.Errorf("%s: got %q and %q", command, &stdout, &stderr)
		}
	}
	begin := time.Now()
	if err := lab.session(t).Run("slow"); err != nil || time.Since(begin) < 100*time.Millisecond {
		t.Errorf("the slow command took %s (%v)", time.Since(begin), err)
	}
}

func TestACommandMayFloodItsClient(t *testing.T) {
	t.Parallel()
	lab := installed(t, Behaviour{Commands: []CommandRule{
		{Match: "long", OutputBytes: 2<<20 + 5, LineBytes: 1 << 20},
		{Match: "many", OutputBytes: 800},
	}})
	output, err := lab.session(t).Output("long")
	lines := bytes.Split(output, []byte("\n"))
	if err != nil || len(output) != 2<<20+5 || len(lines) != 4 || len(lines[0]) != 1<<20-1 || len(lines[2]) != 4 {
		t.Errorf("got %d bytes in %d lines (%v)", len(output), len(lines), err)
	}
	output, err = lab.session(t).Output("many")
	if err != nil || len(output) != 800 || bytes.Count(output, []byte("\n")) != 10 {
		t.Errorf("got %d bytes (%v)", len(output), err)
	}
}

func TestAShutdownCommandTurnsTheMachineOff(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"echo 'ubuntu' | sudo -S shutdown -P now", "sudo poweroff", "systemctl poweroff"} {
		lab := installed(t, Behaviour{})
		if err := lab.session(t).Run(command); err != nil {
			t.Errorf("%s: %v", command, err)
		}
		select {
		case off := <-lab.machines.offs:
			if off != machine {
				t.Errorf("%s is off", off)
			}
		case <-time.After(5 * time.Second):
			t.Errorf("%s: the machine is still on", command)
		}
	}
	lab := installed(t, Behaviour{Commands: []CommandRule{{Match: "shutdown", ExitCode: 1}}})
	_ = lab.session(t).Run("shutdown -h now")
	select {
	case <-lab.machines.offs:
		t.Error("a command that failed turned the machine off")
	case <-time.After(2 * shutdownTime):
	}
}

func TestSSHMayBeRefusedOrHang(t *testing.T) {
	t.Parallel()
	refused := installed(t, Behaviour{SSH: sshRefused})
	if connection, err := net.DialTimeout("tcp", refused.socket(), time.Second); err == nil {
		_ = connection.Close()
		t.Error("somebody listens")
	}
	hanging := installed(t, Behaviour{SSH: sshHang})
	connection, err := net.DialTimeout("tcp", hanging.socket(), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	_ = connection.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	var timeout net.Error
	if count, err := connection.Read(make([]byte, 1)); count > 0 || !errors.As(err, &timeout) || !timeout.Timeout() {
		t.Errorf("got %d bytes and %v, want silence", count, err)
	}
	hanging.PowerOff(machine)
	_ = connection.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := connection.Read(make([]byte, 1)); err == nil || errors.As(err, &timeout) && timeout.Timeout() {
		t.Errorf("got %v, want the end of the connection", err)
	}
}

func TestGuestsHaveAddressesOfTheirOwn(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for number := range 5 {
		lab := installed(t, Behaviour{})
		if seen[lab.reported()] {
			t.Errorf("guest %d has an address that another one has", number)
		}
		seen[lab.reported()] = true
		if err := lab.session(t).Run(fmt.Sprintf("echo %d", number)); err != nil {
			t.Error(err)
		}
	}
}
