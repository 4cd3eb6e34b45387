package local

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
)

// shell runs a command whose settings name no interpreter.
var shell = []string{"/bin/sh", "-c"}

// execute runs a command to its end and returns what it wrote. When it fails, the error holds the command and all that
// it wrote, whatever the logging says, as the official plugin's does.
//
// A cancelled context kills the interpreter alone. Its children live on, and execute returns when the last of them has
// closed the outputs.
func execute(ctx context.Context, command string, settings Settings, previous Output) (Output, error) {
	interpreter := shell
	if settings.Interpreter != nil && len(*settings.Interpreter) > 0 {
		interpreter = *settings.Interpreter
	}
	process := exec.CommandContext(ctx, interpreter[0], append(interpreter[1:len(interpreter):len(interpreter)], command)...)
	process.Env = environment(settings, previous)
	if settings.Directory != nil {
		process.Dir = *settings.Directory
	}
	if settings.Stdin != nil && *settings.Stdin != "" {
		process.Stdin = strings.NewReader(*settings.Stdin)
	}

	var stdout, stderr bytes.Buffer
	var both sharedBuffer
	shown := newDisplay(ctx)
	process.Stdout = outputWriter(&stdout, &both, shown, settings.Logging.showsStdout())
	process.Stderr = outputWriter(&stderr, &both, shown, settings.Logging.showsStderr())
	err := process.Run()
	shown.close()
	if err != nil {
		return Output{}, fmt.Errorf("%w: running %q:\n%s", err, command, both.String())
	}
	return Output{Stdout: withoutLastBreak(stdout), Stderr: withoutLastBreak(stderr)}, nil
}

// environment is the plugin's own, with what the settings add and what the last run wrote. One variable that is longer
// than the system takes (128 KB on Linux) makes the command fail to start.
func environment(settings Settings, previous Output) []string {
	variables := os.Environ()
	if settings.Environment != nil {
		for name, value := range *settings.Environment {
			variables = append(variables, name+"="+value)
		}
	}
	if settings.AddPreviousOutputInEnv != nil && !*settings.AddPreviousOutputInEnv {
		return variables
	}
	if previous.Stdout != "" {
		variables = append(variables, "PULUMI_COMMAND_STDOUT="+previous.Stdout)
	}
	if previous.Stderr != "" {
		variables = append(variables, "PULUMI_COMMAND_STDERR="+previous.Stderr)
	}
	return variables
}

// outputWriter collects an output, for itself and together with the other one, and shows it if it is to be shown.
func outputWriter(single, both io.Writer, shown *display, shows bool) io.Writer {
	if shows {
		return io.MultiWriter(single, both, shown.writer)
	}
	return io.MultiWriter(single, both)
}

func withoutLastBreak(output bytes.Buffer) string {
	return strings.TrimSuffix(output.String(), "\n")
}

// sharedBuffer collects both outputs of a command, which are written at the same time.
type sharedBuffer struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

// Write adds to the end.
func (shared *sharedBuffer) Write(content []byte) (int, error) {
	shared.mutex.Lock()
	defer shared.mutex.Unlock()
	return shared.buffer.Write(content)
}

// String is all that was written until now.
func (shared *sharedBuffer) String() string {
	shared.mutex.Lock()
	defer shared.mutex.Unlock()
	return shared.buffer.String()
}
