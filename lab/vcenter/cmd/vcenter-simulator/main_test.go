package main

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asProgram makes the test binary behave as the program, to test what only a process can show.
const asProgram = "VCENTER_SIMULATOR_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func program(t *testing.T, arguments ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	command := exec.Command(os.Args[0], arguments...)
	command.Env = append(os.Environ(), asProgram+"=1")
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	return command, &output
}

func waitForReady(t *testing.T, directory string) {
	t.Helper()
	for begin := time.Now(); time.Since(begin) < 10*time.Second; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(directory, "ready.json")); err == nil {
			return
		}
	}
	t.Fatal("ready.json did not appear")
}

func TestMistakesOnTheCommandLineGetAShortMessage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "inventory.yaml")
	if err := os.WriteFile(file, []byte("datacentres: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, mistake := range []struct {
		message   string
		arguments []string
	}{
		{"--directory is required", nil},
		{"unexpected argument", []string{"--directory", "d", "extra"}},
		{"not defined", []string{"--explode"}},
		{"--generate-zones", []string{"--directory", "d", "--generate-zones", "-1"}},
		{"--guest-ssh-port", []string{"--directory", "d", "--guest-ssh-port", "0"}},
		{"no such file", []string{"--directory", "d", "--inventory", "missing.yaml"}},
		{"datacentres", []string{"--directory", "d", "--inventory", file}},
		{"not a loopback address", []string{"--directory", t.TempDir(), "--listen", "0.0.0.0:0"}},
	} {
		command, output := program(t, mistake.arguments...)
		err := command.Run()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 {
			t.Errorf("%v: got %v, want exit code 1", mistake.arguments, err)
		}
		if !strings.Contains(output.String(), mistake.message) || strings.Contains(output.String(), "goroutine") {
			t.Errorf("%v: got %s", mistake.arguments, output)
		}
	}
}

func TestHelpNamesEveryFlag(t *testing.T) {
	var output bytes.Buffer
	if _, err := parse([]string{"--help"}, &output); !errors.Is(err, flag.ErrHelp) {
		t.Fatal(err)
	}
	for _, name := range []string{
		"inventory", "generate-zones", "generate-datastores", "listen", "control", "directory", "password", "guest-ssh-port",
		"exit-when-stdin-closes",
	} {
		if !strings.Contains(output.String(), "-"+name) {
			t.Errorf("--help does not name --%s", name)
		}
	}
}

func TestThePasswordMayComeFromTheEnvironment(t *testing.T) {
	t.Setenv(passwordVariable, "from-environment")
	given, err := parse([]string{"--directory", "d"}, io.Discard)
	if err != nil || given.password != "from-environment" {
		t.Errorf("got %q, %v", given.password, err)
	}
}

func TestItStopsCleanlyOnASignal(t *testing.T) {
	directory := t.TempDir()
	command, output := program(t, "--directory", directory)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	waitForReady(t, directory)
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := command.Wait(); err != nil {
		t.Errorf("%v: %s", err, output)
	}
	if _, err := os.Stat(filepath.Join(directory, "ready.json")); !os.IsNotExist(err) {
		t.Error("ready.json is still there")
	}
}

func TestItStopsWhenStandardInputCloses(t *testing.T) {
	directory := t.TempDir()
	command, output := program(t, "--directory", directory, "--exit-when-stdin-closes")
	input, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	waitForReady(t, directory)
	_ = input.Close()
	if err := command.Wait(); err != nil {
		t.Errorf("%v: %s", err, output)
	}
}

func TestTenThousandDatastoresStartQuickly(t *testing.T) {
	directory := t.TempDir()
	command, output := program(t, "--directory", directory, "--generate-zones", "10", "--generate-datastores", "1000")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	waitForReady(t, directory)
	_ = command.Process.Signal(syscall.SIGTERM)
	if err := command.Wait(); err != nil {
		t.Errorf("%v: %s", err, output)
	}
	if peak := command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss; peak > 500_000 { // kilobytes
		t.Errorf("it took %d kilobytes of memory", peak)
	}
}
