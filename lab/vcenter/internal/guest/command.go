package guest

import (
	"bufio"
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// shutdownCommand finds the commands that turn the machine off.
var shutdownCommand = regexp.MustCompile(`\b(shutdown|poweroff)\b`)

// command records a command and behaves as the rules say; without a rule it succeeds in silence.
func (run *run) command(channel io.ReadWriter, command string) int {
	var position int
	var shown string
	run.journal.change(func(record *Record) {
		position, shown = len(record.Commands), command
		record.Commands = append(record.Commands, Command{Command: strings.TrimSuffix(command, "\n")})
		for _, upload := range record.Uploads {
			if runs(command, upload.Path) {
				shown += "\n" + upload.Content
			}
		}
	})
	rule := run.guests.Behaviour().rule(shown)
	select {
	case <-run.ctx.Done():
		return 1
	case <-time.After(time.Duration(rule.Milliseconds) * time.Millisecond):
	}
	run.print(channel, rule)
	run.journal.change(func(record *Record) {
		if position < len(record.Commands) { // else the records were forgotten meanwhile
			record.Commands[position].ExitCode = &rule.ExitCode
		}
	})
	if rule.ExitCode == 0 && shutdownCommand.MatchString(command) {
		go run.powerOff()
	}
	return rule.ExitCode
}

// handlers are the programs that a client uses on an uploaded script before and after it runs it.
var handlers = []string{"chmod", "chown", "cp", "mv", "rm"}

// runs tells whether a command names a file other than to handle it.
func runs(command, path string) bool {
	for part := range strings.FieldsFuncSeq(command, func(letter rune) bool { return strings.ContainsRune(";&|\n", letter) }) {
		program, _, _ := strings.Cut(strings.TrimSpace(part), " ")
		if strings.Contains(part, path) && !slices.Contains(handlers, program) {
			return true
		}
	}
	return false
}

// packetBytes is how much output is sent at once, as much as an SSH packet holds.
const packetBytes = 32 << 10

// print writes what a rule wants a command to say: a text, then lines of one letter up to the number of bytes.
func (run *run) print(channel io.ReadWriter, rule CommandRule) {
	output := bufio.NewWriterSize(channel, packetBytes)
	_, _ = output.WriteString(rule.Stdout)
	width := rule.LineBytes
	if width == 0 {
		width = defaultLineBytes
	}
	line := append(bytes.Repeat([]byte("x"), max(width-1, 0)), '\n')
	for left := rule.OutputBytes; left > 0; left -= len(line) {
		if _, err := output.Write(line[max(len(line)-left, 0):]); err != nil {
			return // the client has gone
		}
	}
	_ = output.Flush()
	if session, isSession := channel.(ssh.Channel); isSession {
		_, _ = io.WriteString(session.Stderr(), rule.Stderr)
	}
}
