package guest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// scpCopy is what an scp command on the server's side was asked to do.
type scpCopy struct {
	receives bool // -t: files come from the client; otherwise -f: the client wants one
	path     string
}

// parseSCP recognizes the commands that scp clients start on the other side: "scp -vt /tmp".
func parseSCP(command string) (scpCopy, bool) {
	rest, isSCP := strings.CutPrefix(strings.TrimSpace(command), "scp ")
	if !isSCP {
		return scpCopy{}, false
	}
	var parsed scpCopy
	found := false
	for rest = strings.TrimSpace(rest); strings.HasPrefix(rest, "-"); rest = strings.TrimSpace(rest) {
		var options string
		options, rest, _ = strings.Cut(rest, " ")
		parsed.receives = parsed.receives || strings.Contains(options, "t")
		found = found || strings.ContainsAny(options, "tf")
		if options == "--" {
			break
		}
	}
	parsed.path = strings.Trim(strings.ReplaceAll(strings.TrimSpace(rest), `\ `, " "), `"'`)
	return parsed, found
}

// serveSCP speaks the old scp protocol, in which the client sends "C0644 SIZE NAME", the bytes and a zero byte, and
// waits for a zero byte after each of its lines. Directories come as "D0755 0 NAME" and end with "E".
func (run *run) serveSCP(channel io.ReadWriter, copying scpCopy) int {
	if !copying.receives {
		_, _ = fmt.Fprintf(channel, "\x01scp: %s: No such file or directory\n", copying.path)
		return 1
	}
	if err := run.receive(bufio.NewReader(channel), channel, copying.path); err != nil {
		_, _ = fmt.Fprintf(channel, "\x02scp: %v\n", err)
		return 1
	}
	return 0
}

func (run *run) receive(from *bufio.Reader, to io.Writer, directory string) error {
	for {
		if _, err := to.Write([]byte{0}); err != nil {
			return err
		}
		line, err := from.ReadString('\n')
		if errors.Is(err, io.EOF) && line == "" {
			return nil
		}
		if err != nil {
			return err
		}
		switch line[0] {
		case 'C':
			err = run.receiveFile(from, to, directory, line)
		case 'D':
			_, name, nameErr := sizeAndName(line)
			directory, err = path.Join(directory, name), nameErr
		case 'E':
			directory = path.Dir(directory)
		case 'T': // times, of no interest
		default:
			err = fmt.Errorf("unexpected line %q", line)
		}
		if err != nil {
			return err
		}
	}
}

func (run *run) receiveFile(from *bufio.Reader, to io.Writer, directory, line string) error {
	size, name, err := sizeAndName(line)
	if err != nil {
		return err
	}
	if _, err := to.Write([]byte{0}); err != nil {
		return err
	}
	upload := newUpload(path.Join(directory, name))
	if _, err := io.CopyN(upload, from, size); err != nil {
		return err
	}
	if _, err := from.ReadByte(); err != nil { // the zero byte after the content
		return err
	}
	run.keep(upload)
	return nil
}

func sizeAndName(line string) (int64, string, error) {
	fields := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 3)
	if len(fields) != 3 {
		return 0, "", fmt.Errorf("unexpected line %q", line)
	}
	size, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil || size < 0 {
		return 0, "", fmt.Errorf("unexpected size in %q", line)
	}
	return size, fields[2], nil
}
