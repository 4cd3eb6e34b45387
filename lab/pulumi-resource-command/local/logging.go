package local

import (
	"bufio"
	"context"
	"io"

	provider "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
)

// Logging says which outputs of a command are shown while it runs. Both are, when it is left out.
type Logging string

// The values that the official package names.
const (
	LogStdout          Logging = "stdout"
	LogStderr          Logging = "stderr"
	LogStdoutAndStderr Logging = "stdoutAndStderr"
	LogNone            Logging = "none"
)

// Values tells the schema what may be written.
func (Logging) Values() []infer.EnumValue[Logging] {
	return []infer.EnumValue[Logging]{
		{Name: "Stdout", Value: LogStdout, Description: "Show standard output only."},
		{Name: "Stderr", Value: LogStderr, Description: "Show standard error only."},
		{Name: "StdoutAndStderr", Value: LogStdoutAndStderr, Description: "Show both."},
		{Name: "None", Value: LogNone, Description: "Show nothing."},
	}
}

// showsStdout is also called without a value.
func (logging *Logging) showsStdout() bool {
	return logging == nil || *logging == LogStdout || *logging == LogStdoutAndStderr
}

// showsStderr is also called without a value.
func (logging *Logging) showsStderr() bool {
	return logging == nil || *logging == LogStderr || *logging == LogStdoutAndStderr
}

// display shows lines beside the resource, each until the next one comes.
type display struct {
	writer *io.PipeWriter
	done   chan struct{}
}

// newDisplay starts a display. Its writer waits until a line has been taken.
//
// A line that is longer than a scanner takes (64 KB) ends the display without a word. Nothing takes what is written
// after that, so the command waits for ever, and so does who waits for the command. It is a fault of the official
// plugin (1.2.1), kept here because the program must be proved to avoid it.
func newDisplay(ctx context.Context) *display {
	reader, writer := io.Pipe()
	shown := &display{writer: writer, done: make(chan struct{})}
	logger := provider.GetLogger(ctx)
	go func() {
		defer close(shown.done)
		lines := bufio.NewScanner(reader)
		for lines.Scan() {
			logger.InfoStatus(lines.Text())
		}
	}()
	return shown
}

// close waits until the last line is shown.
func (shown *display) close() {
	shown.writer.Close()
	<-shown.done
}
